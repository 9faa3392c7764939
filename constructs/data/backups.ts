import { BackupPlan } from '@cdktf/provider-aws/lib/backup-plan';
import { BackupSelection } from '@cdktf/provider-aws/lib/backup-selection';
import { BackupVault } from '@cdktf/provider-aws/lib/backup-vault';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { Construct } from 'constructs';
import { ProductSite, productName } from '../../model/naming';
import { assumedBy } from '../policy/policy';

/**
 * Daily copies in a vault apart from the stores. Stores keep their own way back to any moment; two owners of one
 * retention would fight (terraform-provider-aws#33465), so this plan takes snapshots only.
 */
export class Backups extends Construct {
  constructor(scope: Construct, id: string, { site, keyArn }: { readonly site: ProductSite; readonly keyArn: string }) {
    super(scope, id);
    const name = productName(site, 'data');
    const vault = new BackupVault(this, 'vault', {
      name,
      kmsKeyArn: keyArn,
      forceDestroy: false,
      lifecycle: { preventDestroy: true },
    });
    const plan = new BackupPlan(this, 'plan', {
      name,
      rule: [
        {
          ruleName: 'daily',
          targetVaultName: vault.name,
          schedule: DAILY,
          startWindow: 60,
          completionWindow: 360,
          enableContinuousBackup: false,
          lifecycle: { deleteAfter: KEPT_DAYS },
        },
      ],
    });
    const role = new IamRole(this, 'role', {
      name: productName(site, 'data', 'backup'),
      assumeRolePolicy: assumedBy(this, 'trust', 'backup.amazonaws.com'),
    });
    for (const policy of ['AWSBackupServiceRolePolicyForBackup', 'AWSBackupServiceRolePolicyForRestores']) {
      new IamRolePolicyAttachment(this, policy, {
        role: role.name,
        policyArn: `arn:aws:iam::aws:policy/service-role/${policy}`,
      });
    }
    // Stores join by a tag of their own, so that a new store never changes the plan.
    new BackupSelection(this, 'selection', {
      name,
      planId: plan.id,
      iamRoleArn: role.arn,
      selectionTag: [{ type: 'STRINGEQUALS', key: 'backup', value: backupTag(site) }],
    });
  }
}

/** What a store wears to be copied. Two platforms in one account may run one product, and must not copy each other's. */
export const backupTag = (site: ProductSite): string => productName(site);

const KEPT_DAYS = 35;

/** AWS Backup does not start within four hours of a database's own backup window, nor in the hour before its maintenance. */
const DAILY = 'cron(0 8 * * ? *)';
