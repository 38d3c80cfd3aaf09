/* Enhancement only: every page works without this file. The theme itself is set in the page's head. */
(function (d, root) {
  "use strict";
  const KEY = "theme";

  function apply(theme) {
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    d.querySelectorAll("[data-theme-choice][aria-pressed]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === (theme || "")));
    });
  }

  function choose(theme) {
    try {
      if (theme) localStorage.setItem(KEY, theme);
      else localStorage.removeItem(KEY);
    } catch (e) {
      /* Storage is off: the choice holds for this page. */
    }
    apply(theme);
  }

  /* A button that offers a theme may also lead back from it. */
  function chosenBy(button) {
    const theme = button.dataset.themeChoice;
    return "themeBack" in button.dataset && root.dataset.theme === theme ? "" : theme;
  }

  /* A menu lies over the page: it goes when the reader turns to something that is not in it. */
  function shutMenus(except) {
    const open = d.querySelector(":is(.display-menu, .site-menu)[open]");
    if (!open || open.contains(except)) return null;
    open.open = false;
    return open;
  }

  function openTarget() {
    const target = location.hash && d.getElementById(decodeURIComponent(location.hash.slice(1)));
    const box = target && target.closest("details");
    if (box && !box.open) {
      box.open = true;
      target.scrollIntoView();
    }
  }

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();

  /* Narrows the questions on a page to those that hold what was typed. */
  function filterQuestions(box) {
    const wanted = plain(box.value);
    const count = d.querySelector("[data-filter-count]");
    let hits = 0;
    d.querySelectorAll(".question").forEach((question) => {
      question.hidden = !plain(question.textContent).includes(wanted);
      hits += !question.hidden;
    });
    d.querySelectorAll(".question-group").forEach((group) => {
      group.hidden = !group.querySelector(".question:not([hidden])");
    });
    count.textContent = wanted ? count.dataset.filterCount.replace("#", hits) : "";
  }

  d.querySelectorAll("[data-filter]").forEach((box) => {
    box.addEventListener("input", () => filterQuestions(box));
    if (box.value) filterQuestions(box);
  });
  d.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button && "themeChoice" in button.dataset) choose(chosenBy(button));
    else if (button && "print" in button.dataset) window.print();
    else shutMenus(event.target);
  });
  d.addEventListener("focusin", (event) => shutMenus(event.target));
  d.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && shutMenus();
    if (menu) menu.querySelector("summary").focus();
  });
  addEventListener("hashchange", openTarget);
  addEventListener("beforeprint", () => {
    d.querySelectorAll("details.question").forEach((question) => { question.open = true; });
  });
  apply(root.dataset.theme);
  openTarget();
})(document, document.documentElement);
