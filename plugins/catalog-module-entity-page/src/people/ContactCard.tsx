import { useEntity } from '@backstage/plugin-catalog-react';
import { Section } from '@waymark/ui';
import { Contact } from '../owner/Contact';

/** How to reach the group or the person of the page. */
export function ContactCard() {
  const { entity } = useEntity();
  return (
    <Section title="Contact">
      <Contact owner={entity} />
    </Section>
  );
}
