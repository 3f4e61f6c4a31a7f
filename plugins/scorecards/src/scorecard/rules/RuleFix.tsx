import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/ui';
import type { ScorecardFix } from '@waymark/plugin-scorecards-common';
import { Markdown, NamedEntityLink, safeUrl } from '@waymark/ui';

/** What makes a rule pass, for any service; its own page has the form filled in. */
export function RuleFix(props: { fix: ScorecardFix }) {
  const { text, link, template } = props.fix;
  const address = link === undefined ? undefined : safeUrl(link);
  return (
    <>
      {text && <Markdown>{text}</Markdown>}
      {address && <Link href={address}>Read how</Link>}
      {template && (
        <span>
          With the template{' '}
          <NamedEntityLink
            entityRef={stringifyEntityRef(
              parseEntityRef(template, { defaultKind: 'template' }),
            )}
          />
          . The page of a service opens it with what is known filled in.
        </span>
      )}
    </>
  );
}
