/* Says how many characters are left below each text that has a limit. Nothing is kept in the browser. */
(function () {
  "use strict";

  const words = document.getElementById("count-words");
  document.querySelectorAll("textarea[data-count-to]").forEach(function (box) {
    const limit = Number(box.dataset.countTo);
    const counter = document.createElement("p");
    counter.className = "quiet sum-counter";
    counter.setAttribute("role", "status");
    box.after(counter);
    function count() {
      counter.textContent = words.content.textContent + " " + (limit - box.value.length);
    }
    box.addEventListener("input", count);
    count();
  });
})();
