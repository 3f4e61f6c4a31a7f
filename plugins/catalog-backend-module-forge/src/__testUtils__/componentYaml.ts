/** A valid file with one component. */
export function componentYaml(name: string, description = 'A service'): string {
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  description: ${description}
spec:
  type: service
  lifecycle: experimental
  owner: somebody
`;
}
