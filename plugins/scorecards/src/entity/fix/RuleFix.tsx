import { ButtonLink } from '@backstage/ui';
import { RiExternalLinkLine } from '@remixicon/react';
import type { RuleResult } from '@waymark/plugin-scorecards-common';
import { Markdown, safeUrl } from '@waymark/ui';
import { TemplateButton } from './TemplateButton';
import styles from './RuleFix.module.css';

/** What makes a rule pass: a template, a text, a page. */
export function RuleFix(props: {
  rule: RuleResult;
  /** Of the past: nothing can be mended there. */
  isPast: boolean;
}) {
  const { rule, isPast } = props;
  const { text, link, template } = rule.fix ?? {};
  const url = link ? safeUrl(link) : undefined;
  return (
    <>
      {text && (
        <div className={styles.text}>
          <Markdown>{text}</Markdown>
        </div>
      )}
      <div className={styles.actions}>
        {template && !isPast && (
          <TemplateButton rule={rule} template={template} />
        )}
        {url && (
          <ButtonLink
            size="small"
            variant="secondary"
            href={url}
            target="_blank"
            rel="noopener noreferrer"
            iconEnd={<RiExternalLinkLine />}
          >
            Read how
          </ButtonLink>
        )}
      </div>
    </>
  );
}
