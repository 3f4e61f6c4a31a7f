/**
 * What a ready-made call sends, and where to. Without a path it only verifies
 * the credential.
 *
 * @internal
 */
export interface ExampleCall {
  /** Address of the portal, without slash at its end. */
  portalUrl: string;
  /** Address of this plugin's backend. */
  verifyUrl: string;
  path?: string;
  contentType: string;
}

/**
 * The lines of a call with curl, with the token from the environment.
 *
 * @internal
 */
export function createCurl(call: ExampleCall, tokenVariable: string): string {
  if (!call.path) {
    return [
      `curl --fail-with-body --silent --show-error \\`,
      `  --header 'content-type: application/json' \\`,
      `  --data "{\\"token\\": \\"$${tokenVariable}\\"}" \\`,
      `  ${call.verifyUrl}`,
    ].join('\n');
  }
  return [
    `curl --fail-with-body --silent --show-error \\`,
    `  --header "authorization: Bearer $${tokenVariable}" \\`,
    `  --header 'content-type: ${call.contentType}' \\`,
    `  --data @event.json \\`,
    `  ${call.portalUrl}${call.path}`,
  ].join('\n');
}

const indent = (text: string, spaces: number) =>
  text.replace(/^/gm, ' '.repeat(spaces));

/**
 * The part of a GitHub Actions workflow that fetches a token from GitHub and
 * sends something with it.
 *
 * @internal
 */
export function createWorkflow(options: {
  call: ExampleCall;
  audience: string;
}): string {
  const { call, audience } = options;
  return `permissions:
  contents: read
  id-token: write

jobs:
  report:
    runs-on: ubuntu-latest
    steps:
      - name: Tell the portal
        env:
          AUDIENCE: ${JSON.stringify(audience)}
        run: |
          TOKEN=$(curl --fail --silent --show-error --get \\
            --header "authorization: Bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" \\
            --data-urlencode "audience=$AUDIENCE" \\
            "$ACTIONS_ID_TOKEN_REQUEST_URL" | jq --raw-output .value)
          echo "::add-mask::$TOKEN"
${indent(createCurl(call, 'TOKEN'), 10)}`;
}
