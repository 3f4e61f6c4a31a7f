# What the secret store of the cluster may read for ${{ values.name }}:
#   vault policy write ${{ values.name }} deploy/vault/policy.hcl
path "${{ values.platform.vaultMount }}/data/${{ values.platform.vaultPath }}/*" {
  capabilities = ["read"]
}

path "${{ values.platform.vaultMount }}/metadata/${{ values.platform.vaultPath }}/*" {
  capabilities = ["list", "read"]
}
