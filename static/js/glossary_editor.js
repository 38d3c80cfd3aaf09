/* The admin's rich text editor: picks the glossary term that the chosen words stand for. */
(function () {
  "use strict";
  const { EditorState, Modifier, RichUtils } = window.DraftJS;
  const { ModalWorkflowSource, TooltipEntity, registerPlugin } = window.draftail;

  class GlossarySource extends ModalWorkflowSource {
    getChooserConfig() {
      return {
        url: this.props.entityType.chooserUrls.glossaryChooser,
        urlParams: {},
        onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
        responses: { chosen: this.onChosen },
      };
    }

    /* Marks the selected words; without any, writes the term itself. */
    onChosen(chosen) {
      const { editorState, entityType, onComplete } = this.props;
      const data = { id: chosen.id, term: chosen.string };
      const content = editorState.getCurrentContent().createEntity(entityType.type, "MUTABLE", data);
      const key = content.getLastCreatedEntityKey();
      const selection = editorState.getSelection();
      this.workflow.close();
      if (!selection.isCollapsed()) {
        onComplete(RichUtils.toggleLink(editorState, selection, key));
        return;
      }
      const written = Modifier.replaceText(content, selection, chosen.string, null, key);
      onComplete(EditorState.push(editorState, written, "insert-characters"));
    }
  }

  function GlossaryDecorator(props) {
    const { term } = props.contentState.getEntity(props.entityKey).getData();
    return window.React.createElement(TooltipEntity, { ...props, icon: "#icon-help", label: term });
  }

  registerPlugin({ type: "GLOSSARY", source: GlossarySource, decorator: GlossaryDecorator }, "entityTypes");
})();
