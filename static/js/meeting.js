/* A form shows only the fields of the answer that was chosen: of the kind of a decision, or of the answer to
   the offer of aftercare. Without this all of them stand there with a sentence. A hidden field is switched off, so that it is not sent; its words come back. */
(function () {
  "use strict";

  function asks(form) {
    return form.dataset.decisionForm || "kind";
  }

  function show(form) {
    const chosen = form.querySelector("input[name=" + asks(form) + "]:checked");
    const kind = chosen ? chosen.value : "";
    form.querySelectorAll("[data-kinds]").forEach(function (input) {
      const fits = input.dataset.kinds.split(" ").includes(kind);
      const wrong = input.getAttribute("aria-invalid") === "true" && input.value !== "";
      const visible = fits || wrong;
      const field = input.closest(".field");
      field.classList.toggle("field-hidden", !visible);
      input.disabled = !visible;
    });
  }

  /* A field that has just come into sight and is empty begins with its usual value. */
  function begin(form) {
    form.querySelectorAll("[data-begins-with]").forEach(function (input) {
      if (!input.disabled && input.value === "") input.value = input.dataset.beginsWith;
    });
  }

  document.querySelectorAll("[data-decision-form]").forEach(function (form) {
    show(form);
    form.addEventListener("change", function (event) {
      if (event.target.name !== asks(form)) return;
      show(form);
      begin(form);
    });
  });
})();
