// Runs before anything is drawn, so that no page begins in the other look. The window puts the look
// here when it opens, and the page when the person chooses another one.
document.documentElement.dataset.look = sessionStorage.look;
