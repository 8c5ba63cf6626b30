/* The daily log: marking by keyboard, live counts, and a draft that saves itself.
   Without this script the page is an ordinary form. Nothing is kept in browser storage: what is not yet on
   the server lives in the open page only, which warns before it is left. */
(function () {
  "use strict";

  const form = document.getElementById("log-form");
  if (!form) return;

  const AUTOSAVE_AFTER = 1000; // ms of quiet; with the request well within two seconds
  const RETRY_AFTER = 8000;
  const text = form.dataset;
  const rows = Array.from(form.querySelectorAll(".log-row"));
  const saveButton = document.getElementById("save-log");
  const allButton = document.getElementById("all-present");
  const state = document.getElementById("log-state");
  const legend = new Map();
  const letters = new Map();
  document.querySelectorAll(".legend-item").forEach(function (item) {
    const letter = item.dataset.letter;
    legend.set(item.dataset.mark, { letter: letter, effect: item.querySelector("dd").textContent });
    letters.set(letter.toLowerCase(), item.dataset.mark);
  });

  // --- one row --------------------------------------------------------------------------------
  function field(row, name) { return document.getElementById(name + "-" + row.id.slice("log-row-".length)); }

  function showMark(row, keepsMinutes) {
    const mark = field(row, "mark").value;
    const known = legend.get(mark);
    row.dataset.mark = mark;
    row.querySelector(".log-letter").textContent = known ? known.letter : "·";
    row.querySelector(".log-effect").textContent = known ? row.getAttribute("data-hint-" + mark) || known.effect : "";
    if (keepsMinutes === true) return;
    ["late", "early"].forEach(function (name) {
      const input = field(row, name);
      if (mark === "present") {
        if (!input.value && input.dataset.before) input.value = input.dataset.before;
      } else if (input.value) {
        input.dataset.before = input.value; // comes back with "present"
        input.value = "";
      }
    });
  }

  function setMark(row, mark) {
    field(row, "mark").value = mark;
    showMark(row);
    showCounts();
    noteChange();
  }

  function openRow(row, isOpen) {
    row.classList.toggle("is-open", isOpen);
    row.querySelector(".log-more").setAttribute("aria-expanded", String(isOpen));
  }

  function showCounts() {
    const counts = { present: 0, absent: 0, missing: 0 };
    rows.forEach(function (row) {
      const mark = field(row, "mark").value;
      counts[mark === "present" ? "present" : mark ? "absent" : "missing"] += 1;
    });
    Object.keys(counts).forEach(function (name) {
      const shown = form.querySelector('[data-count="' + name + '"]');
      if (shown.textContent !== String(counts[name])) shown.textContent = counts[name];
    });
  }

  // --- calls: one tap each, and back ------------------------------------------------------------
  function showCalls(row) {
    const calls = Number(field(row, "calls").value) || 0;
    row.querySelector(".log-call-count").textContent = calls;
    row.querySelector(".log-uncall").hidden = calls < 1;
  }

  function addCalls(row, by) {
    const input = field(row, "calls");
    const calls = Math.min(50, Math.max(0, (Number(input.value) || 0) + by));
    input.value = calls || "";
    if (!calls && document.activeElement === row.querySelector(".log-uncall")) row.querySelector(".log-call").focus();
    showCalls(row);
    noteChange();
  }

  // --- lists: an empty line follows the last one that is used -----------------------------------------
  function growLines(element) {
    const line = element.closest(".log-line");
    if (!line || line.nextElementSibling) return;
    const first = line.querySelector(".log-line-first");
    if (!first.value || line.parentElement.children.length > 31) return;
    const fresh = line.cloneNode(true);
    fresh.querySelectorAll("[id], [for]").forEach(function (part) {
      const next = function (id) { return id.replace(/\d+$/, function (number) { return Number(number) + 1; }); };
      if (part.id) part.id = next(part.id);
      if (part.htmlFor) part.htmlFor = next(part.htmlFor);
      if (part.matches("select")) part.selectedIndex = Math.max(0, Array.from(part.options).findIndex(function (option) { return option.defaultSelected; }));
      if (part.matches("input")) part.value = "";
      part.removeAttribute("aria-invalid");
    });
    if (fresh.querySelector("select.log-line-first")) fresh.querySelector("select.log-line-first").selectedIndex = 0;
    line.after(fresh);
  }

  // --- everybody is present, then exceptions -----------------------------------------------------
  allButton.addEventListener("click", function (event) {
    event.preventDefault();
    rows.forEach(function (row) {
      if (field(row, "mark").value) return;
      field(row, "mark").value = "present";
      showMark(row);
    });
    showCounts();
    noteChange();
    if (event.detail === 0 && rows.length) field(rows[0], "mark").focus(); // pressed by keyboard
  });

  function isNarrow() { return window.matchMedia("(max-width: 74rem)").matches; }

  // --- keyboard --------------------------------------------------------------------------------
  function rowOf(element) { return element.closest(".log-row"); }

  function move(row, name, by) {
    const target = rows[rows.indexOf(row) + by];
    if (!target) {
      if (by > 0) document.getElementById("group_note").focus();
      return;
    }
    if (name !== "mark" && isNarrow()) openRow(target, true);
    field(target, name).focus();
  }

  function isPopupOpen(select) {
    try { return select.matches(":open"); } catch (unknown) { return false; }
  }

  function onMarkKey(event, select, row) {
    if (isPopupOpen(select)) return;
    const letter = event.key.length === 1 ? letters.get(event.key.toLowerCase()) : undefined;
    if (letter) setMark(row, letter);
    else if (event.key === "ArrowDown") move(row, "mark", 1);
    else if (event.key === "ArrowUp") move(row, "mark", -1);
    else if (event.key === "Backspace" || event.key === "Delete") setMark(row, "");
    else if (event.key === "Enter") { if (isNarrow()) openRow(row, true); field(row, "step").focus(); }
    else if (event.key === "+") addCalls(row, 1);
    else if (event.key === "-") addCalls(row, -1);
    else if (event.key === ".") { openRow(row, true); field(row, "time").focus(); }
    else return;
    event.preventDefault();
  }

  function onTextKey(event, input, row) {
    const name = input.name.split("-")[0];
    if (event.key === "ArrowDown") move(row, name, 1);
    else if (event.key === "ArrowUp") move(row, name, -1);
    else if (event.key === "Enter") move(row, "mark", 1);
    else if (event.key === "Escape") field(row, "mark").focus();
    else return;
    event.preventDefault();
  }

  // in a row's details Enter goes on to the next field, Escape back to the person
  function onDetailKey(event, row) {
    if (event.key === "Escape") field(row, "mark").focus();
    else if (event.key === "Enter" && event.target.matches("input")) {
      const fields = Array.from(row.querySelectorAll(".log-detail input, .log-detail select"));
      (fields[fields.indexOf(event.target) + 1] || field(row, "mark")).focus();
    } else return;
    event.preventDefault();
  }

  form.addEventListener("keydown", function (event) {
    if (event.isComposing || event.altKey) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key === "Enter") {
        event.preventDefault();
        form.requestSubmit(saveButton);
      }
      return;
    }
    const element = event.target;
    const row = rowOf(element);
    if (row && element.closest(".log-detail")) onDetailKey(event, row);
    else if (row && element.name && element.name.startsWith("mark-")) onMarkKey(event, element, row);
    else if (row && element.matches("input.form-control")) onTextKey(event, element, row);
    else if (event.key === "Enter" && element.matches("input")) event.preventDefault();
  });

  form.addEventListener("click", function (event) {
    const pressed = event.target.closest(".log-more, .log-call, .log-uncall");
    if (!pressed) return;
    const row = rowOf(pressed);
    if (pressed.matches(".log-more")) openRow(row, !row.classList.contains("is-open"));
    else addCalls(row, pressed.matches(".log-call") ? 1 : -1);
  });

  form.addEventListener("change", function (event) {
    const row = rowOf(event.target);
    if (row && event.target.name.startsWith("mark-")) {
      showMark(row);
      showCounts();
    }
    growLines(event.target);
    if (event.target.id === "not_arranged" && !event.target.checked) {
      document.getElementById("not_arranged_reason").value = "";
    }
    noteChange();
  });
  form.addEventListener("input", function (event) {
    if (event.target.matches(".log-calls")) showCalls(rowOf(event.target));
    growLines(event.target);
    noteChange();
  });

  // --- the draft ----------------------------------------------------------------------------------
  let changes = 0; // grows with every change; what the server has is `kept`
  let kept = 0;
  let timer = 0;
  let isSending = false;
  let isLeaving = false; // the save button was pressed
  let isGone = false; // and the browser leaves the page with the text

  function say(sentence, tone, link) {
    state.dataset.tone = tone || "";
    state.textContent = sentence;
    if (!link) return;
    const anchor = document.createElement("a");
    anchor.href = text.logInUrl;
    anchor.target = "_blank";
    anchor.rel = "noopener";
    anchor.textContent = text.textLogIn;
    state.append(" ", anchor);
  }

  function noteChange() {
    changes += 1;
    if (state.dataset.tone !== "warning") say(text.textUnsaved);
    later(AUTOSAVE_AFTER);
  }

  function later(milliseconds) {
    window.clearTimeout(timer);
    timer = window.setTimeout(keepDraft, milliseconds);
  }

  function csrfToken() {
    // the cookie is newer than the page when somebody logged in again in another tab
    const cookie = document.cookie.split("; ").find(function (part) { return /^(__Host-|__Secure-)?csrftoken=/.test(part); });
    return cookie ? cookie.slice(cookie.indexOf("=") + 1) : form.elements.csrfmiddlewaretoken.value;
  }

  function post(address, body) {
    return fetch(address, {
      method: "POST",
      body: body,
      headers: { "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch" },
      credentials: "same-origin",
      redirect: "manual",
      cache: "no-store",
    });
  }

  function sendDraft() {
    const body = new URLSearchParams(new FormData(form));
    body.delete("csrfmiddlewaretoken");
    return post(text.draftUrl, body);
  }

  // Resolves to "kept", "refused" (the server says why), "expired" or "offline".
  function keepDraft() {
    window.clearTimeout(timer);
    if (isSending) {
      later(300);
      return Promise.resolve("busy");
    }
    isSending = true;
    const sent = changes;
    return sendDraft().then(
      function (response) { return afterAnswer(response, sent); },
      function () {
        say(text.textOffline, "warning");
        later(RETRY_AFTER);
        return "offline";
      }
    ).finally(function () { isSending = false; });
  }

  function afterAnswer(response, sent) {
    if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) {
      say(text.textExpired, "warning", true);
      later(RETRY_AFTER);
      return "expired";
    }
    if (response.status === 200 || response.status === 422) return response.json().then(function (answer) {
      if (response.status === 422) {
        say(answer.message, "warning");
        return "refused";
      }
      kept = sent;
      if (kept !== changes) return "kept";
      say(answer.saved_at ? text.textSaved + " " + answer.saved_at : text.textNothing);
      return "kept";
    });
    say(text.textOffline, "warning");
    later(RETRY_AFTER);
    return "offline";
  }

  window.addEventListener("online", function () { if (kept !== changes) keepDraft(); });
  window.addEventListener("focus", function () { if (kept !== changes && state.dataset.tone === "warning") keepDraft(); });
  window.addEventListener("beforeunload", function (event) {
    if (kept !== changes && !isGone) event.preventDefault();
  });

  // --- prompts and phrases: they go into the text where one was writing -------------------------------
  let writing = document.getElementById("group_note");

  form.addEventListener("focusin", function (event) {
    if (event.target.matches("textarea, .log-step input, input[name=tiptext], input[name^=acttext-]")) writing = event.target;
  });

  form.addEventListener("click", function (event) {
    const chip = event.target.closest(".log-chip");
    if (!chip) return;
    event.preventDefault();
    const into = chip.dataset.usedUrl ? writing : document.getElementById("group_note");
    const before = into.value.slice(0, into.selectionEnd);
    const join = !before || /\s$/.test(before) ? "" : into.matches("textarea") && !chip.dataset.usedUrl ? "\n" : " ";
    into.setRangeText(join + chip.value + " ", into.selectionEnd, into.selectionEnd, "end");
    into.focus();
    noteChange();
    if (chip.dataset.usedUrl) post(chip.dataset.usedUrl, new URLSearchParams()).catch(function () { /* only a count */ });
  });

  // what is selected, or else the sentence in which the cursor stands
  function sentenceIn(input) {
    const all = input.value;
    if (input.selectionStart !== input.selectionEnd) return all.slice(input.selectionStart, input.selectionEnd).trim();
    const breaks = /[.!?](\s+|$)|\n+/g;
    let begins = 0;
    let last = "";
    for (let found = breaks.exec(all); found; found = breaks.exec(all)) {
      last = all.slice(begins, found.index + 1).trim() || last;
      if (found.index + 1 >= input.selectionStart) return last;
      begins = found.index + found[0].length;
    }
    return all.slice(begins).trim() || last;
  }

  const keepPhrase = document.getElementById("keep-phrase");
  if (keepPhrase) keepPhrase.addEventListener("click", function () {
    const shown = document.querySelector(".log-phrase-state");
    const sentence = sentenceIn(writing);
    if (!sentence) { shown.textContent = text.textPhraseNone; return; }
    post(text.phraseUrl, new URLSearchParams({ text: sentence })).then(function (response) {
      if (response.status !== 200 && response.status !== 422) throw new Error("not kept");
      return response.json();
    }).then(function (answer) {
      shown.textContent = answer.message || text.textPhraseKept + ": " + answer.text;
    }).catch(function () { shown.textContent = text.textOffline; });
  });

  // --- saving ---------------------------------------------------------------------------------------
  // First the draft: it proves that the server answers and that the session lives. Only then does the
  // browser leave the page, so a bad network costs nobody a word.
  function save() {
    if (isLeaving) return;
    if (isSending) {
      window.setTimeout(save, 100);
      return;
    }
    isLeaving = true;
    saveButton.classList.add("is-sending");
    saveButton.setAttribute("aria-disabled", "true");
    keepDraft().then(function (result) {
      if (result === "kept" || result === "refused") {
        form.elements.csrfmiddlewaretoken.value = csrfToken();
        isGone = true;
        form.submit();
        return;
      }
      stay();
    }, stay);
  }

  function stay() {
    isLeaving = isGone = false;
    saveButton.classList.remove("is-sending");
    saveButton.removeAttribute("aria-disabled");
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    save();
  });
  window.addEventListener("pageshow", stay);

  rows.forEach(function (row) {
    showMark(row, true);
    if (isNarrow() && row.hasAttribute("data-filled")) openRow(row, true);
  });
  showCounts();
})();
