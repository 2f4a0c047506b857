/** Text of people on a page: it shows what was written, and does nothing. */
export const escaped = (text: string): string =>
  text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");

/** Only addresses of the web become links. */
export const link = (text: string, url: string): string =>
  /^https?:\/\//.test(url) ? `<a href="${escaped(url)}">${escaped(text)}</a>` : escaped(text);
