// Runs before the page is drawn, so that it is not drawn twice: the reader's choice of light or dark.
"use strict";
document.documentElement.classList.add("js");
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch { /* no storage: the browser's preference holds */ }
