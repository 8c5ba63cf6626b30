/* The board keeps its last picture when the server does not answer, and says since when. After twelve hours
   without an answer the names go: somebody may have taken the consent back meanwhile. */
(() => {
  "use strict";
  const TOO_OLD = 12 * 60 * 60 * 1000;
  let answeredAt = Date.now();
  const note = () => document.getElementById("wall-offline");

  const failed = () => {
    const box = note();
    const wall = document.getElementById("wall");
    if (!box || !wall) return;
    const words = box.querySelector("[data-words]");
    words.textContent = `${words.dataset.words} ${wall.dataset.shownAt || ""}`;
    box.hidden = false;
    if (Date.now() - answeredAt > TOO_OLD) wall.querySelector(".wall-columns")?.remove();
  };
  const answered = () => {
    answeredAt = Date.now();
    const box = note();
    if (box) box.hidden = true;
  };

  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:timeout", failed);
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 410) window.location.reload();
    else failed();
  });
  document.addEventListener("htmx:afterSwap", answered);
})();
