/* The board of leads: a card is dragged with the mouse, or picked up with Space, moved with the arrows, put
   down with Space and taken back with Escape. Without this script each card has a plain form. */
(function () {
  "use strict";

  const board = document.getElementById("lead-board");
  if (!board) return;

  const words = board.dataset;
  const live = document.getElementById("board-live");
  const refusal = document.getElementById("board-refusal");
  const columns = Array.from(board.querySelectorAll(".lead-column"));
  const byStage = new Map(columns.map(function (column) { return [column.dataset.stage, column]; }));
  let held = null; // { card, column, next, over }: what is in the hand, and where it came from
  let placing = false; // the card is being put elsewhere by us: losing the focus means nothing

  function say(text, facts) {
    live.textContent = text.replace(/\{(\w+)\}/g, function (all, name) { return facts[name] || ""; });
  }

  function complain(sentence) {
    refusal.textContent = sentence;
    refusal.hidden = !sentence;
  }

  function listOf(column) { return column.querySelector(".lead-cards"); }
  function gripOf(card) { return card.querySelector(".lead-grip"); }
  function columnOf(card) { return card.closest(".lead-column"); }

  function prepare(card) {
    if (!("moveUrl" in card.dataset)) return;
    card.draggable = true;
    card.querySelectorAll("a").forEach(function (link) { link.draggable = false; });
  }

  function put(card, column, next) {
    placing = true;
    listOf(column).insertBefore(card, next === undefined ? listOf(column).firstElementChild : next);
    placing = false;
  }

  function show(column) {
    columns.forEach(function (other) { other.classList.toggle("lead-column-over", other === column); });
  }

  function count(column, change) {
    const badge = column.querySelector("[data-count]");
    const now = Math.max(0, Number(badge.textContent) + change);
    badge.textContent = now;
    column.classList.toggle("lead-column-empty", !now);
  }

  // --- in the hand ------------------------------------------------------------------------------
  function take(card) {
    complain("");
    held = { card: card, column: columnOf(card), next: card.nextElementSibling, over: columnOf(card) };
    card.classList.add("lead-card-held");
    if (gripOf(card)) gripOf(card).setAttribute("aria-pressed", "true");
  }

  function release() {
    const was = held;
    held = null;
    show(null);
    was.card.classList.remove("lead-card-held");
    if (gripOf(was.card)) gripOf(was.card).setAttribute("aria-pressed", "false");
    return was;
  }

  function takeBack(keepsFocus) {
    const was = release();
    put(was.card, was.column, was.next);
    if (keepsFocus) gripOf(was.card).focus();
    say(words.textBack, { title: was.card.dataset.title, stage: was.column.dataset.label });
  }

  function step(by) {
    const index = columns.indexOf(held.over) + by;
    const column = columns[index];
    if (!column) return;
    const isHome = column === held.column;
    held.over = column;
    put(held.card, column, isHome ? held.next : undefined);
    show(column);
    gripOf(held.card).focus({ preventScroll: true });
    held.card.scrollIntoView({ block: "nearest", inline: "nearest" });
    say(words.textOver, { stage: column.dataset.label, place: String(index + 1), all: String(columns.length) });
  }

  // --- to the server ----------------------------------------------------------------------------
  function token() {
    return JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  }

  function drop(column, keepsFocus) {
    const was = release();
    if (column === was.column) {
      put(was.card, was.column, was.next);
      if (keepsFocus) gripOf(was.card).focus();
      say(words.textBack, { title: was.card.dataset.title, stage: was.column.dataset.label });
      return;
    }
    if (columnOf(was.card) !== column) put(was.card, column);
    if (keepsFocus) gripOf(was.card).focus();
    was.card.setAttribute("aria-busy", "true");
    was.card.draggable = false;
    const form = new FormData();
    form.set("target", column.dataset.stage);
    form.set("version", was.card.dataset.version);
    form.set("from", "board");
    fetch(was.card.dataset.moveUrl, {
      method: "POST",
      body: form,
      credentials: "same-origin",
      headers: { "X-CSRFToken": token(), "X-Requested-With": "fetch" },
    })
      .then(read)
      .then(function (answer) { settle(was, answer, keepsFocus); })
      .catch(function () { settle(was, { message: words.textFailed }, keepsFocus); });
  }

  function read(response) {
    const kind = response.headers.get("Content-Type") || "";
    if (kind.startsWith("application/json")) return response.json();
    if (kind.startsWith("text/plain")) {
      return response.text().then(function (text) { return { message: text }; });
    }
    return { message: words.textFailed };
  }

  function settle(was, answer, keepsFocus) {
    was.card.removeAttribute("aria-busy");
    if (answer.go) {
      put(was.card, was.column, was.next && was.next.parentNode ? was.next : null);
      prepare(was.card);
      say(words.textAsks, {});
      window.location.assign(answer.go);
      return;
    }
    if (!answer.card) {
      put(was.card, was.column, was.next && was.next.parentNode ? was.next : null);
      prepare(was.card);
      if (keepsFocus) gripOf(was.card).focus();
    } else {
      renew(was, answer, keepsFocus);
    }
    complain(answer.message || "");
    if (answer.message) say(answer.message, {});
  }

  // the card as the server has it now, in the stage where it stands now
  function renew(was, answer, keepsFocus) {
    const fresh = new DOMParser().parseFromString(answer.card, "text/html").querySelector(".lead-card");
    const column = byStage.get(answer.stage);
    was.card.remove();
    put(fresh, column);
    prepare(fresh);
    if (column !== was.column) {
      count(was.column, -1);
      count(column, 1);
    }
    if (keepsFocus && gripOf(fresh)) gripOf(fresh).focus();
    if (!answer.message) say(words.textDropped, { title: fresh.dataset.title, stage: column.dataset.label });
  }

  // --- keys -------------------------------------------------------------------------------------
  board.addEventListener("keydown", function (event) {
    const grip = event.target.closest(".lead-grip");
    if (!grip) return;
    const card = grip.closest(".lead-card");
    if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      if (event.repeat || card.getAttribute("aria-busy")) return;
      if (held) {
        drop(held.over, true);
      } else {
        take(card);
        say(words.textPicked, { title: card.dataset.title, stage: held.column.dataset.label });
      }
      return;
    }
    if (!held) return;
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      takeBack(true);
    } else if (event.key === "ArrowRight" || event.key === "ArrowDown") {
      event.preventDefault();
      step(1);
    } else if (event.key === "ArrowLeft" || event.key === "ArrowUp") {
      event.preventDefault();
      step(-1);
    }
  });

  // whoever goes elsewhere with a card in the hand has let go of it
  board.addEventListener("focusout", function (event) {
    if (!held || placing || !event.target.closest(".lead-grip")) return;
    window.setTimeout(function () {
      if (held && document.activeElement !== gripOf(held.card) && !held.isDragged) takeBack(false);
    }, 0);
  });

  // --- mouse ------------------------------------------------------------------------------------
  board.addEventListener("dragstart", function (event) {
    const card = event.target.closest && event.target.closest(".lead-card");
    if (!card || !card.draggable) return;
    if (held) takeBack(false);
    take(card);
    held.isDragged = true;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.dataset.title);
  });
  board.addEventListener("dragover", function (event) {
    const column = held && event.target.closest(".lead-column");
    if (!column) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    show(column);
  });
  board.addEventListener("drop", function (event) {
    const column = held && event.target.closest(".lead-column");
    if (!column) return;
    event.preventDefault();
    drop(column, false);
  });
  board.addEventListener("dragend", function () {
    if (held) takeBack(false);
  });

  board.querySelectorAll(".lead-card").forEach(prepare);
})();
