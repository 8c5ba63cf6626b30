/* A form that saves itself: <form data-autosave="ADDRESS" …>, with components/_autosave_state.html inside.
   The form's fields are posted to ADDRESS a second after the last change; the answer is JSON:
   200 {"saved_at": "9.41"} or 422 {"message": "…"}. 401 and 403 mean that the page has to be opened again.
   Nothing is kept in browser storage: what is not yet on the server lives in the open page only, which says
   so, sends again when the connection returns, and warns before it is left. Without this script the form is
   an ordinary one with its buttons. */
(function () {
  "use strict";

  const AUTOSAVE_AFTER = 1000; // ms of quiet; with the request well within two seconds
  const AT_THE_LATEST = 1800; // also while somebody types without a pause
  const RETRY_AFTER = 8000;
  const ANSWER_WITHIN = 15000;

  function csrfToken(form) {
    // the cookie is newer than the page when it was opened again in another tab
    const cookie = document.cookie.split("; ").find(function (part) { return /^(__Host-|__Secure-)?csrftoken=/.test(part); });
    return cookie ? cookie.slice(cookie.indexOf("=") + 1) : form.elements.csrfmiddlewaretoken.value;
  }

  function start(form) {
    const state = form.querySelector("[data-autosave-state]");
    const text = state.dataset;
    let changes = 0; // grows with every change; what the server has is `kept`
    let kept = 0;
    let timer = 0;
    let firstUnsent = 0;
    let isSending = false;
    let isLeaving = false; // a button was pressed
    let isGone = false; // and the browser leaves the page with the text

    function say(sentence, tone, reopens) {
      if (state.textContent !== sentence || state.dataset.tone !== (tone || "")) {
        state.dataset.tone = tone || "";
        state.textContent = sentence;
        if (reopens && text.reopenUrl) {
          const anchor = document.createElement("a");
          anchor.href = text.reopenUrl;
          anchor.target = "_blank";
          anchor.rel = "noopener";
          anchor.textContent = text.textReopen;
          state.append(" ", anchor);
        }
      }
    }

    function later(milliseconds) {
      window.clearTimeout(timer);
      timer = window.setTimeout(keep, milliseconds);
    }

    function noteChange() {
      if (kept === changes) firstUnsent = Date.now();
      changes += 1;
      if (state.dataset.tone !== "warning") say(text.textUnsaved);
      later(Math.max(0, Math.min(AUTOSAVE_AFTER, firstUnsent + AT_THE_LATEST - Date.now())));
    }

    function send() {
      const body = new URLSearchParams(new FormData(form));
      body.delete("csrfmiddlewaretoken");
      return fetch(form.dataset.autosave, {
        method: "POST",
        body: body,
        headers: { "X-CSRFToken": csrfToken(form), "X-Requested-With": "fetch" },
        credentials: "same-origin",
        redirect: "manual",
        cache: "no-store",
        signal: "timeout" in AbortSignal ? AbortSignal.timeout(ANSWER_WITHIN) : undefined,
      });
    }

    function notReached() {
      say(text.textOffline, "warning");
      later(RETRY_AFTER);
      return "offline";
    }

    // Resolves to "kept", "refused" (the server says why), "expired", "offline" or "busy".
    function keep() {
      window.clearTimeout(timer);
      if (isSending) {
        later(300);
        return Promise.resolve("busy");
      }
      isSending = true;
      const sent = changes;
      return send()
        .then(function (response) { return afterAnswer(response, sent); })
        .catch(notReached)
        .finally(function () { isSending = false; });
    }

    function afterAnswer(response, sent) {
      if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403 || response.status === 410) {
        say(text.textExpired, "warning", true);
        later(RETRY_AFTER);
        return "expired";
      }
      if (response.status !== 200 && response.status !== 422) return notReached();
      return response.json().then(function (answer) {
        if (response.status === 422) {
          say(answer.message, "warning");
          return "refused";
        }
        kept = sent;
        firstUnsent = Date.now();
        if (kept === changes) say(text.textSaved + " " + answer.saved_at);
        else say(text.textUnsaved);
        return "kept";
      });
    }

    form.addEventListener("input", noteChange);
    form.addEventListener("change", noteChange);
    window.addEventListener("online", function () { if (kept !== changes) keep(); });
    window.addEventListener("offline", function () { if (kept !== changes) say(text.textOffline, "warning"); });
    window.addEventListener("focus", function () {
      if (kept !== changes && state.dataset.tone === "warning") keep();
    });
    window.addEventListener("beforeunload", function (event) {
      if (kept !== changes && !isGone) event.preventDefault();
    });

    // First the draft: it proves that the server answers and that the page is still open. Only then does the
    // browser leave the page, so a bad network costs nobody a word.
    let pressed = null;
    function stay() {
      isLeaving = isGone = false;
      if (!pressed) return;
      pressed.classList.remove("is-sending");
      pressed.removeAttribute("aria-disabled");
    }

    function leave() {
      if (isSending) {
        window.setTimeout(leave, 100);
        return;
      }
      keep().then(function (result) {
        if (result === "busy") return leave();
        if (result !== "kept" && result !== "refused") return stay();
        form.elements.csrfmiddlewaretoken.value = csrfToken(form);
        if (pressed && pressed.name) {
          const chosen = document.createElement("input");
          chosen.type = "hidden";
          chosen.name = pressed.name;
          chosen.value = pressed.value;
          form.append(chosen);
        }
        if (pressed && pressed.hasAttribute("formaction")) form.action = pressed.formAction;
        isGone = true;
        return form.submit();
      });
    }

    form.addEventListener("submit", function (event) {
      event.preventDefault();
      if (isLeaving) return;
      isLeaving = true;
      pressed = event.submitter;
      if (pressed) {
        pressed.classList.add("is-sending");
        pressed.setAttribute("aria-disabled", "true");
      }
      leave();
    });
    window.addEventListener("pageshow", stay);
  }

  document.querySelectorAll("form[data-autosave]").forEach(start);
})();
