// The menu of chapters opens and closes by itself; it also closes when one looks elsewhere.

export function closeMenus() {
  const open = () => /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("details.menu[open]"));
  addEventListener("click", ({ target }) => {
    for (const menu of open()) {
      const isLink = /** @type {Element} */ (target).closest?.("a") !== null;
      if (isLink || !menu.contains(/** @type {Node} */ (target))) menu.open = false;
    }
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
      event.stopImmediatePropagation();
    }
  }, { capture: true });
  addEventListener("focusin", ({ target }) => {
    for (const menu of open()) if (!menu.contains(/** @type {Node} */ (target))) menu.open = false;
  });
}
