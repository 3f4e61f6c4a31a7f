import { escapeHtml, layout } from './layout.mjs';

/** Who one wants to be, instead of a password. */
export function signInPage({ client, scopes, users, action }) {
  const people = users
    .map(
      user => `<li><button type="submit" name="login" value="${escapeHtml(
        user.login,
      )}">${escapeHtml(user.name ?? user.login)}
<br><small>${escapeHtml(user.login)}${
        user.email ? ` · ${escapeHtml(user.email)}` : ''
      }</small></button></li>`,
    )
    .join('\n');
  const asked =
    scopes.length > 0
      ? `<p>It asks for: ${escapeHtml(scopes.join(', '))}</p>`
      : '';
  return layout(
    'Sign in to GitHub',
    `<h1>Authorize ${escapeHtml(client.name)}</h1>
${asked}
<form method="post" action="${escapeHtml(action)}">
<ul>
${people}
</ul>
<button type="submit" name="cancel" value="1">Cancel</button>
</form>`,
  );
}

export const errorPage = (title, text) =>
  layout(
    title,
    `<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(text)}</p>`,
  );
