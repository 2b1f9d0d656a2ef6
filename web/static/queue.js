// The queue works with Tab and Enter alone. These keys spare the way there.
"use strict";

(() => {
  const cards = [...document.querySelectorAll("[data-queue] > .applicant")];
  if (!cards.length) return;
  document.querySelectorAll(".keys").forEach((hint) => { hint.hidden = false; });

  const here = () => cards.findIndex((card) => card.contains(document.activeElement));
  const go = (place) => {
    const card = cards[Math.min(Math.max(place, 0), cards.length - 1)];
    card.focus();
    card.scrollIntoView({ block: "nearest" });
  };

  const act = (card, name) => {
    const found = card.querySelector(`[data-act="${name}"]`);
    if (!found) return;
    if (found.tagName === "DETAILS") {
      found.open = true;
      found.querySelector("select, textarea").focus();
    } else {
      found.focus();
    }
  };

  const keys = {
    j: () => go(here() + 1),
    k: () => go(here() < 0 ? 0 : here() - 1),
    a: (card) => act(card, "approve"),
    r: (card) => act(card, "reject"),
    q: (card) => act(card, "ask"),
    x: (card) => card.querySelector("input[type=checkbox]").click(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target.closest("textarea, select, input:not([type=checkbox])");
    if (event.key === "Escape" && here() >= 0) {
      go(here());
      return;
    }
    const key = keys[event.key];
    if (typing || !key) return;
    event.preventDefault();
    key(cards[Math.max(here(), 0)]);
  });
})();
