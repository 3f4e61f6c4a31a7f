import { Content } from '@backstage/core-components';
import type { HomePageLayoutProps } from '@backstage/plugin-home-react/alpha';
import { Container, Flex } from '@backstage/ui';
import { LoadingLines } from '@waymark/ui';
import { useReader } from '../personal/Reader';
import styles from './HomeLayout.module.css';
import { HomePage } from './HomePage';

/** The home page, once it is known whose. */
export function HomeLayout({ widgets }: HomePageLayoutProps) {
  const reader = useReader();
  return (
    <Content>
      <Container>
        <Flex direction="column" gap="6" className={styles.page}>
          {reader ? (
            <HomePage reader={reader} widgets={widgets} />
          ) : (
            <LoadingLines label="Loading your page" />
          )}
        </Flex>
      </Container>
    </Content>
  );
}
