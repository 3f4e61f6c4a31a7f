import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import { RiNotification3Line } from '@remixicon/react';
import { useEffect, useLayoutEffect, useState } from 'react';

const Icon = () => <RiNotification3Line size={22} />;

/**
 * The stock entry, without its hand on the title of the window: it keeps the title
 * that it found while it was drawn, and puts that back once it is there, and again
 * whenever the title changes. Here it is drawn in one go with nothing in between,
 * and the element that it watches for changes is no longer that of the window.
 */
export function NotificationsItem() {
  const [isThere, setIsThere] = useState(false);
  useLayoutEffect(() => setIsThere(true), []);
  useEffect(() => {
    if (isThere) {
      const watched = document.querySelector('title');
      watched?.replaceWith(watched.cloneNode(true));
    }
  }, [isThere]);

  return isThere ? (
    <NotificationsSidebarItem icon={Icon} titleCounterEnabled={false} />
  ) : null;
}
