import { EntityRefLink } from '@backstage/plugin-catalog-react';

/** `kind:namespace/name` as a word of its own, so that no address is taken for one. */
const ENTITY_REF = /(?<=^|\s)([a-z]+:[a-z0-9-]+\/[A-Za-z0-9._-]*[A-Za-z0-9])/;

/**
 * What is wrong with an answer, with the entities it names as links to their pages.
 *
 * @internal
 */
export function ProblemText(props: { children: string }) {
  // What the pattern has caught is at the odd places
  return (
    <>
      {props.children
        .split(ENTITY_REF)
        .map((text, index) =>
          index % 2 === 1 ? (
            <EntityRefLink
              key={text}
              entityRef={text}
              underline="always"
              color="inherit"
              hideIcon
              disableTooltip
            />
          ) : (
            text
          ),
        )}
    </>
  );
}
