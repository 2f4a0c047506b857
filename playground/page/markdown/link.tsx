import type { ComponentChildren } from "preact";
import { createContext } from "preact";
import { useContext } from "preact/hooks";

/** The local GitHub's address: links into it stay on the page. */
export const GitHubAddress = createContext("");

const harmless = /^(https?:|mailto:|#)/i;

/** A link as it may stand in anybody's text: to the web, or to a place on this page; everything else is only text. */
export function Link({ href, children }: { href: string; children: ComponentChildren }) {
  const github = useContext(GitHubAddress);
  if (github !== "" && href.startsWith(`${github}/`))
    return <a href={`#${href.slice(github.length)}`}>{children}</a>;
  if (!harmless.test(href)) return <span>{children}</span>;
  return (
    <a href={href} rel="noreferrer noopener nofollow" target={href.startsWith("#") ? undefined : "_blank"}>
      {children}
    </a>
  );
}
