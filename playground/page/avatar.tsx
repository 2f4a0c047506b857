const tones = 10;

/** A letter on a tone of its own; programs are square. */
export function Avatar({ login }: { login: string }) {
  const tone = (login.codePointAt(0) ?? 0) % tones;
  const bot = login.endsWith("[bot]");
  return (
    <span class={`avatar tone-${tone}${bot ? " bot" : ""}`} aria-hidden="true">
      {login.slice(0, 1).toUpperCase()}
    </span>
  );
}
