// Before the first paint: the theme chosen last time, so that a dark room stays dark.
(function () {
  var chosen = 'auto'
  try { chosen = localStorage.getItem('gongdan.theme') || 'auto' } catch (e) { /* storage is closed: follow the system */ }
  var dark = chosen === 'dark' || (chosen === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.classList.toggle('dark', dark)
})()
