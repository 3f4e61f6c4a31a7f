import { plainErrors } from './plainErrors';

it('says in plain words what needs an answer, and leaves other errors alone', () => {
  const [owner, name] = plainErrors([
    {
      name: 'required',
      property: 'owner',
      message: "must have required property 'Owner'",
      stack: "must have required property 'Owner'",
    },
    { name: 'pattern', property: 'name', message: 'Only letters', stack: '' },
  ]);
  expect(owner.message).toBe('needs an answer');
  expect(name.message).toBe('Only letters');
});
