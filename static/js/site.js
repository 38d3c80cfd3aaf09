/* Every page works without this file. The theme itself is set in the head. */
(function (d, root) {
  "use strict";
  const KEY = "theme";
  const bars = [...d.querySelectorAll('meta[name="theme-color"]')].map((meta) => [meta, meta.content]);

  function apply(theme) {
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    /* A phone's own bar is a strip of light above the page. */
    const color = theme && getComputedStyle(root).getPropertyValue("--block");
    bars.forEach(([meta, ofDevice]) => { meta.content = color || ofDevice; });
    d.querySelectorAll("[data-theme-choice][aria-pressed]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === (theme || "")));
    });
  }

  function choose(theme) {
    try {
      if (theme) localStorage.setItem(KEY, theme);
      else localStorage.removeItem(KEY);
    } catch (e) {
      /* It holds for this page. */
    }
    apply(theme);
  }

  /* Chosen in another tab, or before the reader came back to this page. */
  function recall() {
    try {
      apply(localStorage.getItem(KEY));
    } catch (e) {
      /* No storage. */
    }
  }

  /* A button may lead back. */
  function chosenBy(button) {
    const theme = button.dataset.themeChoice;
    return "themeBack" in button.dataset && root.dataset.theme === theme ? "" : theme;
  }

  /* A menu lies over the page, and goes when the reader turns away. */
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

  const words = (text) =>
    text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];

  /* “lasts” also finds “last”; “of” says nothing beside longer words. */
  function beginnings(text) {
    const all = words(text).map((word) => (word.length > 3 ? word.replace(/s$/, "") : word));
    const long = all.filter((word) => word.length > 2);
    return long.length ? long : all;
  }

  /* Leaves the questions that hold what was typed, or most of it. */
  function filterQuestions(box) {
    const wanted = beginnings(box.value);
    const questions = [...d.querySelectorAll(".question")];
    const held = questions.map((question) => {
      const said = [...question.querySelectorAll("h3, p")].map((part) => part.textContent);
      const text = ` ${words(said.join(" ")).join(" ")}`;
      return wanted.filter((word) => text.includes(` ${word}`)).length;
    });
    const enough = Math.max(wanted.length * .75, ...held);
    const hits = held.filter((number) => number >= enough).length;
    questions.forEach((question, index) => { question.hidden = held[index] < enough; });
    d.querySelectorAll(".question-group").forEach((group) => {
      group.hidden = !group.querySelector(".question:not([hidden])");
      const link = d.querySelector(`.on-this-page a[href="#${group.getAttribute("aria-labelledby")}"]`);
      if (link) link.parentElement.hidden = group.hidden;
    });
    const { filterCount, filterNone } = d.querySelector("[data-filter-count]").dataset;
    const told = hits ? filterCount.replace("#", hits) : filterNone;
    d.querySelector("[data-filter-count]").textContent = wanted.length ? told : "";
  }

  const isBegun = (field) =>
    /^(te|em)/.test(field.type) ? field.value : field.checked !== field.defaultChecked;

  /* A form that was begun goes along to the other language. */
  function keepAnswers(event) {
    const link = event.target.closest(".language-switch a");
    const button = link && d.querySelector(`[formaction="${link.getAttribute("href")}"]`);
    if (!button || event.ctrlKey || event.metaKey) return;
    if (!("begun" in button.form.dataset) && ![...button.form.elements].some(isBegun)) return;
    event.preventDefault();
    button.click();
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
    keepAnswers(event);
  });
  d.addEventListener("focusin", (event) => shutMenus(event.target));
  d.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && shutMenus();
    if (menu) menu.querySelector("summary").focus();
  });
  addEventListener("storage", recall);
  addEventListener("pageshow", (event) => { if (event.persisted) recall(); });
  addEventListener("hashchange", openTarget);
  addEventListener("beforeprint", () => {
    d.querySelectorAll("details.question").forEach((question) => { question.open = true; });
  });
  apply(root.dataset.theme);
  openTarget();
})(document, document.documentElement);
