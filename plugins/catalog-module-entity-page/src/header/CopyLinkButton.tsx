import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import { ButtonIcon } from '@backstage/ui';
import { RiLinkM } from '@remixicon/react';

/** Copies the address of the page. */
export function CopyLinkButton() {
  const toastApi = useApi(toastApiRef);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(window.location.href);
      toastApi.post({
        title: 'The link to this page is copied',
        timeout: 4000,
      });
    } catch {
      // Browsers refuse outside of secure contexts
      toastApi.post({
        title: 'The browser does not let pages copy here',
        description: 'Copy the address from its address bar.',
        status: 'warning',
      });
    }
  };
  return (
    <ButtonIcon
      variant="secondary"
      icon={<RiLinkM />}
      aria-label="Copy link to this page"
      onPress={copy}
    />
  );
}
