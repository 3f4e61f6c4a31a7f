/** To start with: small, and about something that every catalog has. */
export const EXAMPLE = `apiVersion: waymark.dev/v1alpha1
kind: Scorecard
metadata:
  name: first-steps
  title: First steps
  description: What every component should have
spec:
  owner: group:default/platform # who answers for the rules
  lifecycle: draft # only its owner sees it; then live, and at last retired
  appliesTo: { kind: Component }
  levels: # lowest first
    - id: known
    - id: cared-for
      title: Cared for
  rules:
    - id: description
      title: Described in a sentence
      level: known
      check: size(entity.metadata.description) >= 20
      why: In lists and in search results the description is all that one sees.
      fix:
        text: Say in \`metadata.description\` what it does, in a sentence.
    - id: owner
      title: Its owner exists
      level: cared-for
      weight: 2 # default 1
      check: facts.catalog.owner.resolves
`;
