/** The sample organisation as it would be on GitHub. */
export const organization = {
  login: 'kestrelvale-rail',
  name: 'Kestrelvale Rail',
  description: 'Trains between the valley and the coast',
  email: 'hello@kestrelvale.example',
  teams: [
    { slug: 'passenger-services', name: 'Passenger Services' },
    { slug: 'rail-technology', name: 'Rail Technology' },
    {
      slug: 'ticketing',
      name: 'Ticketing',
      parent: 'passenger-services',
      members: ['maren-osei', 'joel-hartwig'],
    },
    {
      slug: 'journey-planning',
      name: 'Journey Planning',
      parent: 'passenger-services',
      members: ['priya-nandal', 'callum-reyes'],
    },
    {
      slug: 'train-running',
      name: 'Train Running',
      parent: 'rail-technology',
      members: ['sunniva-dahl', 'tomasz-wrona'],
    },
    {
      slug: 'platform',
      name: 'Platform',
      parent: 'rail-technology',
      members: ['adaeze-bell', 'lucas-ferrant'],
    },
  ],
};

const person = (name, role = 'member') => {
  const login = name.toLowerCase().replace(' ', '-');
  return {
    login,
    name,
    email: `${login.replace('-', '.')}@kestrelvale.example`,
    role,
  };
};

export const users = [
  person('Helena Strand'),
  person('Maren Osei'),
  person('Joel Hartwig'),
  person('Priya Nandal'),
  person('Callum Reyes'),
  person('Sunniva Dahl'),
  person('Tomasz Wrona'),
  person('Adaeze Bell', 'admin'),
  person('Lucas Ferrant'),
];

/** The account whose token the portal has when it is no App. */
export const machineUser = {
  login: 'waymark-bot',
  name: 'Waymark',
  email: 'waymark-bot@kestrelvale.example',
  role: 'admin',
};

/** Any port: GitHub lets the port of a loopback address differ. */
export const redirectUris = ['http://localhost', 'http://127.0.0.1'];
