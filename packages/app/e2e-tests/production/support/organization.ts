// The scripts of the repository are no package
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import type { GithubOrganizationOptions } from '../../../../../scripts/stand-ins/github/startGithub.mjs';

/** A catalog-info.yaml of a component. */
export function catalogInfo(options: {
  name: string;
  owner: string;
  description: string;
}): string {
  const { name, owner, description } = options;
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  description: ${description}
spec:
  type: service
  lifecycle: production
  owner: group:default/${owner}
`;
}

const person = (login: string, name: string) => ({
  login,
  name,
  email: `${login.replace('-', '.')}@kestrelvale.example`,
  role: 'member' as const,
});

/** Everybody with an account on the GitHub of these tests. */
export const users = [
  person('maren-osei', 'Maren Osei'),
  person('joel-hartwig', 'Joel Hartwig'),
  person('priya-nandal', 'Priya Nandal'),
  person('adaeze-bell', 'Adaeze Bell'),
  person('noor-lindqvist', 'Noor Lindqvist'),
  // Of no organisation, so the portal has never heard of her
  { login: 'passer-by', name: 'Passer By' },
];

/** Teams, and what was there before the portal. */
export const organization: GithubOrganizationOptions = {
  login: 'kestrelvale-rail',
  name: 'Kestrelvale Rail',
  teams: [
    { slug: 'passenger-services', name: 'Passenger Services' },
    {
      slug: 'ticketing',
      name: 'Ticketing',
      parent: 'passenger-services',
      members: ['maren-osei', 'joel-hartwig'],
      repositories: { 'lost-property': 'push' as const },
    },
    {
      slug: 'journey-planning',
      name: 'Journey Planning',
      parent: 'passenger-services',
      members: ['priya-nandal'],
      repositories: { 'departure-boards': 'push' as const },
    },
    { slug: 'platform', name: 'Platform', members: ['adaeze-bell'] },
    {
      slug: 'internal-audit',
      name: 'Internal Audit',
      members: ['noor-lindqvist'],
    },
  ],
  repositories: [
    {
      name: 'departure-boards',
      visibility: 'private' as const,
      files: {
        'README.md': '# Departure boards\n',
        'catalog-info.yaml': catalogInfo({
          name: 'departure-boards',
          owner: 'journey-planning',
          description: 'Says on the platform what leaves next',
        }),
      },
    },
    {
      name: 'lost-property',
      visibility: 'private' as const,
      files: { 'README.md': '# Lost property\n' },
    },
  ],
};
