import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  ButtonIcon,
  Flex,
  Menu,
  MenuItem,
  MenuTrigger,
  Text,
} from '@backstage/ui';
import { RiMore2Line } from '@remixicon/react';
import { useEffect, useRef } from 'react';
import type { Slot } from './toSlots';

/** Who is welcome, and what can be done with the page. */
export function HomeHeader(props: {
  displayName?: string;
  /** Widgets that the reader has closed. */
  closed: Slot[];
  isArranging: boolean;
  onArrange: () => void;
  onDone: () => void;
  onReopen: (name: string) => void;
}) {
  const { displayName, closed, isArranging, onReopen } = props;
  const { onArrange, onDone } = props;
  const title =
    useApi(configApiRef).getOptionalString('app.title') ?? 'the portal';
  const options = useRef<HTMLButtonElement>(null);
  const wasArranging = useRef(isArranging);
  useEffect(() => {
    // The button that ended it is gone, and with it the keyboard's place
    if (wasArranging.current && !isArranging) {
      options.current?.focus();
    }
    wasArranging.current = isArranging;
  }, [isArranging]);

  return (
    <Flex justify="between" align="center" gap="4">
      <Text
        as="h1"
        variant={{ initial: 'title-small', md: 'title-medium' }}
        weight="bold"
      >
        Welcome{displayName ? `, ${displayName}` : ` to ${title}`}
      </Text>
      {/* Stays while the page is arranged: a menu gives the focus back to it */}
      <MenuTrigger>
        <ButtonIcon
          ref={options}
          aria-label="Options of this page"
          variant="secondary"
          icon={<RiMore2Line aria-hidden="true" />}
        />
        <Menu aria-label="Options of this page">
          <MenuItem onAction={isArranging ? onDone : onArrange}>
            {isArranging ? 'Stop arranging' : 'Arrange this page'}
          </MenuItem>
          {closed.map(({ name, title: closedTitle }) => (
            <MenuItem key={name} onAction={() => onReopen(name)}>
              {`Show “${closedTitle}” again`}
            </MenuItem>
          ))}
        </Menu>
      </MenuTrigger>
    </Flex>
  );
}
