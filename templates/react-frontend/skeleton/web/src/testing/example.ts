/** What the service says of itself in tests. */
export const config = {
  name: 'seat-maps',
  description: 'Knows which seats are taken.',
  version: '0.1.0',
  environment: 'staging',
  apiUrl: 'https://api.example.org',
};

/** Two steps. */
export const steps = [
  { id: 'a', title: 'Read the handbook', details: 'It is short.' },
  { id: 'b', title: 'Write a test', details: 'Before the code.' },
];
