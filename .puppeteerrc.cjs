// The browser is found or installed by scripts/browser.js, so installing the package must not download one.
module.exports = { skipDownload: true };
