import { plainErrors } from './plainErrors';

it('says in whole sentences what is wrong, and in plain words what needs an answer', () => {
  const [owner, name] = plainErrors([
    {
      name: 'required',
      property: 'owner',
      message: "must have required property 'Owner'",
      stack: "must have required property 'Owner'",
    },
    { name: 'pattern', property: 'name', message: 'only letters', stack: '' },
  ]);
  expect(owner.message).toBe('This needs an answer.');
  expect(name.message).toBe('Only letters.');
});
