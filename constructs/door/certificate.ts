import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate';
import { AcmCertificateValidation } from '@cdktf/provider-aws/lib/acm-certificate-validation';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';

/**
 * A certificate for one name, proven through the platform's zone. Never for several: a name added to a shared
 * certificate replaces it for all.
 */
export class Certificate extends Construct {
  /** Known only once the certificate is valid. */
  readonly arn: string;

  constructor(scope: Construct, id: string, { host, zoneId }: { readonly host: string; readonly zoneId: string }) {
    super(scope, id);
    const certificate = new AcmCertificate(this, 'Resource', {
      domainName: host,
      validationMethod: 'DNS',
      options: { certificateTransparencyLoggingPreference: 'ENABLED' },
      lifecycle: { createBeforeDestroy: true },
    });
    // One name has one proof, but the provider keeps proofs in a set, which has no first element of its own.
    const proof = Fn.element(Fn.tolist(certificate.domainValidationOptions.fqn), 0);
    const record = new Route53Record(this, 'proof', {
      zoneId,
      name: Fn.lookupNested(proof, ['resource_record_name']),
      type: Fn.lookupNested(proof, ['resource_record_type']),
      records: [Fn.lookupNested(proof, ['resource_record_value'])],
      ttl: 300,
      allowOverwrite: true,
    });
    this.arn = new AcmCertificateValidation(this, 'valid', {
      certificateArn: certificate.arn,
      validationRecordFqdns: [record.fqdn],
    }).certificateArn;
  }
}
