/* The month's grid by keyboard: arrows move, letters mark, every change saves itself in a batch.
   Without this script the table is read, and each day opens as an ordinary form. Nothing is kept in browser
   storage: what is not on the server yet lives in the open page only, which warns before it is left. */
(function () {
  "use strict";

  const table = document.getElementById("month-grid");
  const bar = document.getElementById("grid-bar");
  if (!table || !bar) return;

  const SAVE_AFTER = 800; // ms of quiet; with the request well within two seconds
  const RETRY_AFTER = 8000;
  const MOST_AT_ONCE = 200;
  const EMPTY = ":::";
  const words = bar.dataset;
  const details = document.getElementById("grid-details");
  const state = document.getElementById("grid-state");
  const undoButton = document.getElementById("grid-undo");
  const conflictBox = document.getElementById("grid-conflicts");
  const letters = new Map(); // letter -> mark
  const marks = new Map(); // mark -> how it looks
  bar.querySelectorAll("[data-mark]").forEach(function (button) {
    const half = button.querySelector(".half");
    const look = { letter: half.textContent, tone: half.className.replace("half half-", ""), text: button.lastElementChild.textContent };
    if (!button.dataset.mark) look.letter = "?";
    marks.set(button.dataset.mark, look);
    if (button.dataset.letter) letters.set(button.dataset.letter.toLowerCase(), button.dataset.mark);
  });

  // --- the grid ---------------------------------------------------------------------------------
  const lines = Array.from(table.querySelectorAll("tbody tr")).map(function (row) {
    return Array.from(row.querySelectorAll("td.cell"));
  });
  const places = new Map(); // cell -> [line, column]
  const byName = new Map();
  lines.forEach(function (line, y) {
    line.forEach(function (cell, x) {
      places.set(cell, [y, x]);
      cell.tabIndex = -1;
      if (cell.dataset.n) byName.set(cell.dataset.n, cell);
      if (!("e" in cell.dataset)) cell.setAttribute("aria-readonly", "true");
    });
  });
  const days = Array.from(table.querySelectorAll("thead .grid-day"));
  // the dates and the fill buttons are reached by the arrows, not by forty presses of Tab
  table.querySelectorAll("thead a, .grid-fill").forEach(function (element) { element.tabIndex = -1; });
  table.setAttribute("role", "grid");
  table.setAttribute("aria-multiselectable", "true");

  let current = null;
  let anchor = null;
  let chosen = [];

  function firstCell() {
    const today = days.findIndex(function (day) { return day.classList.contains("grid-today"); });
    const wanted = lines.map(function (line) { return line[today]; });
    return wanted.find(function (cell) { return cell && "e" in cell.dataset; }) || byName.values().next().value || lines[0][0];
  }

  function isEditable(cell) { return "e" in cell.dataset; }

  function choose(cells) {
    chosen.forEach(function (cell) { cell.removeAttribute("aria-selected"); });
    chosen = cells;
    if (chosen.length > 1) chosen.forEach(function (cell) { cell.setAttribute("aria-selected", "true"); });
  }

  function describe(cell) {
    const count = chosen.filter(isEditable).length;
    if (chosen.length > 1) {
      details.textContent = count + " " + words.textMany;
      return;
    }
    const person = cell.closest("tbody").querySelector(".grid-name").textContent.trim();
    const place = places.get(cell);
    const date = days[place[1]].querySelectorAll("span");
    const half = cell.parentNode.querySelector(".grid-half .visually-hidden").textContent.trim();
    const parts = [person + ", " + date[0].textContent + " " + date[1].textContent + ", " + half + ": " + cell.lastElementChild.textContent];
    if (cell.dataset.r) parts.push(words.textBy + " " + cell.dataset.r);
    else if (isEditable(cell)) parts.push(words.textNobody);
    if (!isEditable(cell) && table.dataset.saveUrl) parts.push(words.textLocked);
    details.textContent = parts.join(" · ");
  }

  function focusOn(cell, extend) {
    if (current) {
      current.tabIndex = -1;
      current.removeAttribute("aria-describedby");
    }
    current = cell;
    cell.tabIndex = 0;
    if (!extend || !anchor) anchor = cell;
    choose(rectangle(anchor, cell));
    describe(cell);
    cell.setAttribute("aria-describedby", "grid-details");
    cell.focus({ preventScroll: true });
    show(cell);
  }

  function rectangle(from, to) {
    const a = places.get(from), b = places.get(to);
    const found = [];
    for (let y = Math.min(a[0], b[0]); y <= Math.max(a[0], b[0]); y += 1) {
      for (let x = Math.min(a[1], b[1]); x <= Math.max(a[1], b[1]); x += 1) found.push(lines[y][x]);
    }
    return found;
  }

  // the sticky names and the bar below must not lie over the chosen cell
  function show(cell) {
    const box = table.parentNode;
    const names = table.querySelector("tbody .grid-half").getBoundingClientRect().right;
    const here = cell.getBoundingClientRect(), frame = box.getBoundingClientRect();
    if (here.left < names) box.scrollLeft -= names - here.left + 4;
    else if (here.right > frame.right) box.scrollLeft += here.right - frame.right + 4;
    const floor = bar.getBoundingClientRect().top < window.innerHeight ? Math.min(window.innerHeight, bar.getBoundingClientRect().top) : window.innerHeight;
    if (here.bottom > floor - 8) window.scrollBy(0, here.bottom - floor + 16);
    else if (here.top < 8) window.scrollBy(0, here.top - 16);
  }

  // --- marking ----------------------------------------------------------------------------------
  const pending = new Map(); // name -> {wanted, seen}: what the server does not have yet
  let sending = new Map();
  const history = []; // groups of {cell, stamp, look}
  let timer = 0;

  function lookOf(cell) {
    return { tone: toneOf(cell), letter: cell.firstElementChild.textContent, text: cell.lastElementChild.textContent, recorded: cell.dataset.r || "" };
  }

  function toneOf(cell) {
    return Array.from(cell.classList).find(function (name) { return name.startsWith("cell-"); }).slice("cell-".length);
  }

  function paint(cell, look) {
    cell.classList.remove("cell-" + toneOf(cell));
    cell.classList.add("cell-" + look.tone);
    cell.firstElementChild.textContent = look.letter;
    cell.lastElementChild.textContent = look.text;
    if (look.recorded) cell.dataset.r = look.recorded;
    else delete cell.dataset.r;
  }

  function markOf(cell) { return ("w" in cell.dataset ? cell.dataset.w : cell.dataset.t).split(":")[0]; }

  function want(cell, wanted, look) {
    const name = cell.dataset.n;
    const before = pending.get(name);
    const flying = sending.get(name);
    cell.dataset.w = wanted;
    paint(cell, look);
    cell.classList.add("is-unsaved");
    // a cell that is on its way counts as sent: what follows is compared with what was sent
    pending.set(name, { wanted: wanted, seen: before ? before.seen : flying ? null : cell.dataset.t });
  }

  function setMark(cells, mark) {
    const due = cells.filter(function (cell) { return isEditable(cell) && markOf(cell) !== mark; });
    if (!due.length) return 0;
    remember(due);
    due.forEach(function (cell) { want(cell, mark, Object.assign({ recorded: "" }, marks.get(mark))); });
    afterChange();
    return due.length;
  }

  function remember(cells) {
    history.push(cells.map(function (cell) {
      return { cell: cell, wanted: "w" in cell.dataset ? cell.dataset.w : cell.dataset.t, look: lookOf(cell) };
    }));
    if (history.length > 50) history.shift();
    undoButton.removeAttribute("aria-disabled");
  }

  function undo() {
    const last = history.pop();
    if (!last) return;
    last.forEach(function (entry) { want(entry.cell, entry.wanted === EMPTY ? "" : entry.wanted, entry.look); });
    if (!history.length) undoButton.setAttribute("aria-disabled", "true");
    afterChange();
    say(words.textUndone);
    if (current) describe(current);
  }

  function afterChange() {
    if (state.dataset.tone !== "warning") say(words.textUnsaved);
    if (current) describe(current);
    later(SAVE_AFTER);
  }

  function fill(cells) {
    const missing = cells.filter(function (cell) { return cell && isEditable(cell) && markOf(cell) === ""; });
    const count = setMark(missing, "present");
    say(count ? words.textFilled + " " + count : words.textNothing);
  }

  function columnOf(button) {
    const x = days.indexOf(button.closest("th"));
    const cells = lines.map(function (line) { return line[x]; });
    // a coach fills the group's half, a coordinator the work trial's
    return cells.filter(function (cell, y) { return String(y % 2) === table.dataset.fillHalf; });
  }

  // --- saving -----------------------------------------------------------------------------------
  function say(sentence, tone, link) {
    state.dataset.tone = tone || "";
    state.textContent = sentence;
    if (!link) return;
    const anchorTag = document.createElement("a");
    anchorTag.href = words.logInUrl;
    anchorTag.target = "_blank";
    anchorTag.rel = "noopener";
    anchorTag.textContent = words.textLogIn;
    state.append(" ", anchorTag);
  }

  function later(milliseconds) {
    window.clearTimeout(timer);
    timer = window.setTimeout(save, milliseconds);
  }

  function csrfToken() {
    const cookie = document.cookie.split("; ").find(function (part) { return /^(__Host-|__Secure-)?csrftoken=/.test(part); });
    return cookie ? cookie.slice(cookie.indexOf("=") + 1) : bar.querySelector("[name=csrfmiddlewaretoken]").value;
  }

  function save() {
    window.clearTimeout(timer);
    if (!pending.size) return;
    if (sending.size) {
      later(300);
      return;
    }
    const body = new URLSearchParams();
    Array.from(pending.entries()).slice(0, MOST_AT_ONCE).forEach(function (entry) {
      const name = entry[0], change = entry[1];
      if (change.seen === null) change.seen = byName.get(name).dataset.t;
      body.append("cell", [name, change.wanted, change.seen].join("|"));
      sending.set(name, change);
      pending.delete(name);
    });
    reasonInto(body);
    fetch(table.dataset.saveUrl, {
      method: "POST",
      body: body,
      headers: { "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch" },
      credentials: "same-origin",
      redirect: "manual",
      cache: "no-store",
    }).then(answered, function () { tryAgain(words.textOffline); }).finally(function () {
      if (pending.size && state.dataset.tone !== "warning") later(300);
    });
  }

  // what was on its way and did not arrive waits again, unless it was changed since
  function giveBack() {
    sending.forEach(function (change, name) {
      const newer = pending.get(name);
      pending.set(name, newer ? { wanted: newer.wanted, seen: change.seen } : change);
    });
    sending = new Map();
  }

  function tryAgain(sentence, link) {
    giveBack();
    say(sentence, "warning", link);
    later(RETRY_AFTER);
  }

  function answered(response) {
    if (response.type === "opaqueredirect" || response.status === 401) return tryAgain(words.textExpired, true);
    if (response.status === 403) {
      const isOurs = (response.headers.get("Content-Type") || "").includes("json");
      return tryAgain(isOurs ? words.textOffline : words.textExpired, true);
    }
    if (response.status === 200) return response.json().then(saved);
    if (response.status === 422) return response.json().then(refused);
    return tryAgain(words.textOffline);
  }

  function saved(answer) {
    sending = new Map();
    Object.keys(answer.cells).forEach(function (name) {
      const cell = byName.get(name);
      settle(cell, answer.cells[name]);
    });
    answer.conflicts.forEach(showConflict);
    hideReason();
    if (!pending.size) say(words.textSaved + " " + answer.saved_at);
    if (current && chosen.length === 1) describe(current);
    refreshTotals();
  }

  // the server's word for a cell; what was typed since then stays on top of it
  function settle(cell, shown) {
    cell.dataset.t = shown.stamp;
    const newer = pending.get(cell.dataset.n);
    if (newer) {
      newer.seen = shown.stamp;
      return;
    }
    delete cell.dataset.w;
    cell.classList.remove("is-unsaved", "is-conflict");
    paint(cell, shown);
  }

  // nothing was saved: the marks go back to what stands, and the sentence says why
  function refused(answer) {
    if (answer.needs_reason) {
      giveBack();
      askReason(answer.message);
      return;
    }
    sending.forEach(function (change, name) {
      const cell = byName.get(name);
      if (pending.has(name)) return;
      delete cell.dataset.w;
      cell.classList.remove("is-unsaved");
      cell.classList.add("is-conflict");
    });
    sending = new Map();
    say(answer.message, "warning");
  }

  function showConflict(conflict) {
    const cell = byName.get(conflict.name);
    const newer = pending.get(conflict.name);
    pending.delete(conflict.name);
    settle(cell, conflict.cell);
    cell.classList.add("is-conflict");
    const item = document.getElementById("grid-conflict").content.firstElementChild.cloneNode(true);
    item.querySelectorAll("[data-part]").forEach(function (part) {
      part.textContent = (part.classList.contains("visually-hidden") ? " – " : "") + conflict[part.dataset.part];
    });
    item.querySelectorAll("[data-keep]").forEach(function (button) {
      button.addEventListener("click", function () {
        cell.classList.remove("is-conflict");
        if (button.dataset.keep === "mine") {
          const wanted = newer ? newer.wanted : conflict.mine_stamp === EMPTY ? "" : conflict.mine_stamp;
          remember([cell]);
          want(cell, wanted, Object.assign({ recorded: "" }, marks.get(wanted.split(":")[0])));
          afterChange();
        }
        item.remove();
        conflictBox.hidden = !conflictBox.querySelector("li");
        focusOn(cell);
      });
    });
    conflictBox.querySelector("ul").append(item);
    conflictBox.hidden = false;
  }

  // --- a correction after the summary was released asks for its reason ---------------------------
  const reasonBox = document.getElementById("grid-reason");

  function askReason(sentence) {
    say(sentence, "warning");
    reasonBox.hidden = false;
    reasonBox.querySelector("input").focus();
  }

  function hideReason() { if (reasonBox && !reasonBox.querySelector("input").value) reasonBox.hidden = true; }

  function reasonInto(body) {
    if (reasonBox && reasonBox.querySelector("input").value.trim()) body.append("correction_reason", reasonBox.querySelector("input").value);
  }

  if (reasonBox) {
    reasonBox.querySelector("button").addEventListener("click", save);
    reasonBox.querySelector("input").addEventListener("keydown", function (event) {
      if (event.key !== "Enter") return;
      event.preventDefault();
      save();
    });
  }

  // --- figures ----------------------------------------------------------------------------------
  function refreshTotals() {
    fetch(table.dataset.totalsUrl, { headers: { "X-Requested-With": "fetch" }, credentials: "same-origin", redirect: "manual", cache: "no-store" }).then(function (response) {
      if (response.status === 200) return response.json().then(showTotals);
      return undefined;
    }, function () { /* the figures wait for the next save */ });
  }

  function showTotals(totals) {
    Object.keys(totals.people).forEach(function (person) {
      const body = table.querySelector('[data-person="' + person + '"]');
      if (body) write(body, totals.people[person]);
    });
    table.querySelectorAll("tfoot [data-day]").forEach(function (cell) {
      const day = totals.days[cell.dataset.day];
      if (day) cell.textContent = day[cell.dataset.figure];
    });
  }

  function write(body, figures) {
    body.querySelectorAll("[data-figure]").forEach(function (cell) {
      const value = figures[cell.dataset.figure];
      if (value !== undefined && cell.textContent !== value) cell.textContent = value;
    });
  }

  // --- keys, clicks -----------------------------------------------------------------------------
  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-2, 0], PageDown: [2, 0] };

  function onKey(event, cell) {
    const place = places.get(cell);
    const step = STEPS[event.key];
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && table.dataset.saveUrl) {
      event.preventDefault();
      undo();
      return;
    }
    if (event.altKey || ((event.ctrlKey || event.metaKey) && !["Home", "End"].includes(event.key))) return;
    if (step) moveBy(place, step, event.shiftKey);
    else if (event.key === "Home") focusOn(lines[event.ctrlKey ? 0 : place[0]][0], event.shiftKey);
    else if (event.key === "End") {
      const line = lines[event.ctrlKey ? lines.length - 1 : place[0]];
      focusOn(line[line.length - 1], event.shiftKey);
    } else if (event.key === "Escape") focusOn(cell);
    else if (!table.dataset.saveUrl) return;
    else if (event.key === "Delete" || event.key === "Backspace") setMark(chosen, "");
    else if (event.key.length === 1 && letters.has(event.key.toLowerCase())) markAndGo(letters.get(event.key.toLowerCase()), place);
    else return;
    event.preventDefault();
  }

  // after one mark the next person of the same half is under the finger, as in the day's log
  function markAndGo(mark, place) {
    const isOne = chosen.length === 1;
    setMark(chosen, mark);
    const next = lines[place[0] + 2];
    if (isOne && next) focusOn(next[place[1]]);
  }

  function moveBy(place, step, extend) {
    const y = place[0] + step[0], x = place[1] + step[1];
    if (lines[y] && lines[y][x]) focusOn(lines[y][x], extend);
    else if (y < 0 && step[0] === -1) headOf(place[1]);
    else if (x < 0) {
      const button = table.querySelectorAll("tbody tr")[place[0]].querySelector(".grid-fill");
      if (button) button.focus();
    }
  }

  function headOf(x) {
    const target = days[x].querySelector(".grid-fill") || days[x].querySelector("a");
    if (target) target.focus();
  }

  function onHeadKey(event, element) {
    const head = element.closest("th");
    const x = days.indexOf(head);
    if (x >= 0) {
      const other = head.querySelector(element.matches("a") ? ".grid-fill" : "a");
      if (event.key === "ArrowDown") element.matches("a") && other ? other.focus() : focusOn(lines[0][x]);
      else if (event.key === "ArrowUp" && !element.matches("a") && other) other.focus();
      else if (event.key === "ArrowRight" && days[x + 1]) headOf(x + 1);
      else if (event.key === "ArrowLeft" && days[x - 1]) headOf(x - 1);
      else return;
    } else {
      const rows = Array.from(table.querySelectorAll("tbody tr"));
      const y = rows.indexOf(element.closest("tr"));
      if (event.key === "ArrowRight") focusOn(lines[y][0]);
      else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        const next = rows[y + (event.key === "ArrowDown" ? 1 : -1)];
        const button = next && next.querySelector(".grid-fill");
        if (button) button.focus();
      } else return;
    }
    event.preventDefault();
  }

  table.addEventListener("keydown", function (event) {
    if (event.isComposing) return;
    if (places.has(event.target)) onKey(event, event.target);
    else if (event.target.matches("thead a, .grid-fill")) onHeadKey(event, event.target);
  });
  table.addEventListener("mousedown", function (event) {
    if (event.shiftKey && event.target.closest("td.cell")) event.preventDefault(); // no text selection
  });
  table.addEventListener("click", function (event) {
    const cell = event.target.closest("td.cell");
    if (cell) focusOn(cell, event.shiftKey);
    const button = event.target.closest(".grid-fill");
    if (!button) return;
    if ("fillLine" in button.dataset) fill(lines[Array.from(table.querySelectorAll("tbody tr")).indexOf(button.closest("tr"))]);
    else fill(columnOf(button));
  });
  bar.addEventListener("click", function (event) {
    const button = event.target.closest(".grid-mark");
    if (!button) return;
    if (button === undoButton) undo();
    else if (chosen.length) {
      setMark(chosen, button.dataset.mark);
      describe(current);
    }
  });
  window.addEventListener("online", save);
  window.addEventListener("focus", function () { if (pending.size && state.dataset.tone === "warning") save(); });
  window.addEventListener("beforeunload", function (event) {
    if (pending.size || sending.size) event.preventDefault();
  });

  const first = firstCell();
  if (first) {
    first.tabIndex = 0;
    current = anchor = first;
    chosen = [first];
  }
})();
