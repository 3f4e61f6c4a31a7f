import { Text } from '@backstage/ui';
import { RiCheckLine, RiKey2Line } from '@remixicon/react';
import { useId, type ReactNode } from 'react';
import type { Path } from './describePath';
import styles from './PathParts.module.css';

function Part(props: {
  title: string;
  level: 'h3' | 'h4';
  children: (titleId: string) => ReactNode;
}) {
  const id = useId();
  return (
    <div className={styles.part}>
      <Text as={props.level} id={id} variant="body-large" weight="bold">
        {props.title}
      </Text>
      {props.children(id)}
    </div>
  );
}

/**
 * What one gets, and what it takes. A template that says neither is told by its
 * steps and by the fields of its form.
 *
 * @internal
 */
export function PathParts(props: { path: Path; headingLevel?: 'h3' | 'h4' }) {
  const { path, headingLevel = 'h3' } = props;
  const { makes, needs, steps, asks } = path;
  return (
    <div className={styles.parts}>
      {makes.length > 0 ? (
        <Part title="What you get" level={headingLevel}>
          {id => (
            <ul aria-labelledby={id} className={styles.makes}>
              {makes.map(({ title, details }) => (
                <li key={title}>
                  <RiCheckLine size={18} aria-hidden="true" />
                  <div>
                    <Text as="div">{title}</Text>
                    {details && (
                      <Text as="div" variant="body-small" color="secondary">
                        {details}
                      </Text>
                    )}
                  </div>
                </li>
              ))}
            </ul>
          )}
        </Part>
      ) : (
        <Part title="What happens" level={headingLevel}>
          {id => (
            <ol aria-labelledby={id} className={styles.steps}>
              {steps.map((step, index) => (
                <li key={`${index} ${step}`}>
                  <Text>{step}</Text>
                </li>
              ))}
            </ol>
          )}
        </Part>
      )}
      {needs.length > 0 ? (
        <Part title="What you need" level={headingLevel}>
          {id => (
            <ul aria-labelledby={id} className={styles.needs}>
              {needs.map(need => (
                <li key={need}>
                  <RiKey2Line size={18} aria-hidden="true" />
                  <Text>{need}</Text>
                </li>
              ))}
            </ul>
          )}
        </Part>
      ) : (
        asks.required.length + asks.optional.length > 0 && (
          <Part title="What you are asked for" level={headingLevel}>
            {id => (
              <ul aria-labelledby={id} className={styles.needs}>
                {asks.required.map(ask => (
                  <li key={ask}>
                    <Text>{ask}</Text>
                  </li>
                ))}
                {asks.optional.map(ask => (
                  <li key={ask}>
                    <Text color="secondary">{ask}, if you like</Text>
                  </li>
                ))}
              </ul>
            )}
          </Part>
        )
      )}
    </div>
  );
}
