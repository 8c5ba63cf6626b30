/* What every page shares. Everything here is a comfort: without it the pages still work.
   - a form is sent once (data-resend allows more)
   - data-warn-unsaved: leaving with unsaved changes asks first
   - data-copy-target="id": copies the element's text
   - data-print: prints the page
   - data-focus-on-load: takes the focus (error summaries), also after an htmx swap
   - <details data-closes-outside>: closes on Escape and on a click elsewhere
   Nothing is kept in browser storage. */
(function () {
  "use strict";

  document.documentElement.classList.add("has-js");

  // --- a form is sent once ------------------------------------------------------------------
  function submitButtons(form) {
    return Array.from(form.elements).filter(function (element) {
      return element.type === "submit";
    });
  }

  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (event.defaultPrevented || (form.getAttribute("method") || "").toLowerCase() !== "post") return;
    if (form.hasAttribute("hx-post") || form.hasAttribute("data-resend")) return;
    if (form.dataset.isSending === "true") {
      event.preventDefault();
      return;
    }
    form.dataset.isSending = "true";
    delete form.dataset.isDirty;
    // after the browser has collected the values: a disabled button would not be sent
    window.setTimeout(function () {
      submitButtons(form).forEach(function (button) {
        button.setAttribute("aria-disabled", "true");
        button.classList.add("is-sending");
      });
    }, 0);
  });

  function allowSendingAgain() {
    document.querySelectorAll("form[data-is-sending]").forEach(function (form) {
      delete form.dataset.isSending;
      submitButtons(form).forEach(function (button) {
        button.removeAttribute("aria-disabled");
        button.classList.remove("is-sending");
      });
    });
  }
  window.addEventListener("pageshow", allowSendingAgain);

  // --- unsaved changes ----------------------------------------------------------------------
  function noteChange(event) {
    const form = event.target.form;
    if (form && form.hasAttribute("data-warn-unsaved")) form.dataset.isDirty = "true";
  }
  document.addEventListener("input", noteChange);
  document.addEventListener("change", noteChange);
  window.addEventListener("beforeunload", function (event) {
    if (document.querySelector("form[data-warn-unsaved][data-is-dirty]")) event.preventDefault();
  });

  // --- messages -----------------------------------------------------------------------------
  function showMessage(templateId) {
    const template = document.getElementById(templateId);
    const region = document.getElementById("messages");
    if (template && region) region.append(template.content.cloneNode(true));
  }
  document.addEventListener("htmx:sendError", function () { showMessage("no-answer-message"); });
  document.addEventListener("htmx:timeout", function () { showMessage("no-answer-message"); });
  document.addEventListener("htmx:responseError", function () { showMessage("refused-message"); });

  // --- copy and print -----------------------------------------------------------------------
  function selectText(element) {
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  function copyFrom(element) {
    const text = "value" in element ? element.value : element.innerText;
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    if ("select" in element) element.select();
    else selectText(element);
    return document.execCommand("copy") ? Promise.resolve() : Promise.reject(new Error("copy"));
  }

  document.addEventListener("click", function (event) {
    const copier = event.target.closest("[data-copy-target]");
    if (copier) {
      const element = document.getElementById(copier.dataset.copyTarget);
      if (element) {
        copyFrom(element).then(
          function () {
            showMessage("copied-message");
            copier.dispatchEvent(new CustomEvent("text:copied", { bubbles: true }));
          },
          function () { selectText(element); }
        );
      }
    }
    if (event.target.closest("[data-print]")) window.print();
    document.querySelectorAll("details[data-closes-outside][open]").forEach(function (details) {
      if (!details.contains(event.target)) details.open = false;
    });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details[data-closes-outside][open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
      return;
    }
    const last = document.querySelector("#messages .message:last-child");
    if (last) last.remove();
  });

  // --- focus --------------------------------------------------------------------------------
  function focusWhatIsWrong(root) {
    const summary = root.querySelector("[data-focus-on-load]");
    if (summary) summary.focus();
  }
  document.addEventListener("htmx:afterSettle", function (event) { focusWhatIsWrong(event.target.parentNode || document); });
  focusWhatIsWrong(document);
})();
