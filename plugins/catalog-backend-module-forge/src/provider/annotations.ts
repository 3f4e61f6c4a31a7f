/**
 * On a Location: name of the provider that owns it.
 *
 * @public
 */
export const ANNOTATION_FORGE_PROVIDER = 'waymark.dev/forge-provider';

/**
 * On a Location: when its repository last changed, as the host writes it. A
 * change of it makes the catalog read the repository again, so that a push whose
 * event was lost is noticed at the next full pass.
 *
 * @public
 */
export const ANNOTATION_FORGE_UPDATED_AT = 'waymark.dev/forge-updated-at';
