// Redoc's menus open by keyboard, but their items can't be reached: this is what the ARIA menu button pattern asks for.
document.addEventListener(
  "keydown",
  (event) => {
    const button = document.querySelector('[aria-haspopup="menu"][aria-expanded="true"]');
    const items = [...document.querySelectorAll('[role="menuitem"]')].filter((item) => item.checkVisibility());
    if (!button || items.length === 0) return;
    const at = items.indexOf(document.activeElement);
    if (event.key === "ArrowDown") items[(at + 1) % items.length].focus();
    else if (event.key === "ArrowUp") items.at(at > 0 ? at - 1 : -1).focus();
    else if (event.key === "Escape" || (at >= 0 && ["Enter", " "].includes(event.key))) {
      (at >= 0 && event.key !== "Escape" ? items[at] : button).click();
      button.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);
