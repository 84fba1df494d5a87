import { fromEnd, fromStart, type BuiltInTemplate } from './template.ts';

const installation: BuiltInTemplate = {
  key: 'contractor.installation',
  pack: 'contractor',
  name: 'Installation or renovation',
  automatic: true,
  items: [
    fromStart(-21, 'deposit', 'Collect the signed estimate and deposit', {
      steps: ['Signed', 'Deposit received'],
      remind: 2,
    }),
    fromStart(-21, 'permits', 'Apply for permits', { remind: 3 }),
    fromStart(-14, 'measure', 'Measure on site', {
      steps: ['Dimensions', 'Photos', 'Access and parking', 'Shut-offs found'],
    }),
    fromStart(-12, 'materials', 'Order materials and equipment'),
    fromStart(-10, 'subs', 'Book subcontractors', { steps: ['Insurance valid', 'Scope in writing'] }),
    fromStart(-3, 'confirm', 'Confirm date and arrival window with the customer', { remind: 0 }),
    fromStart(-1, 'load', 'Load the vehicle', { steps: ['Materials', 'Tools', 'Protection', 'Papers'] }),
    fromStart(0, 'before', 'Photograph before work begins'),
    fromEnd(0, 'walk-through', 'Walk through with the customer', {
      steps: ['Work shown', 'Snags listed', 'After photos', 'Signature'],
    }),
    fromEnd(2, 'inspection', 'Book the inspection'),
    fromEnd(3, 'invoice', 'Send the invoice', { steps: ['Change orders included', 'Lien waiver'] }),
    fromEnd(5, 'warranty', 'Register warranty and hand over papers'),
    fromEnd(14, 'review', 'Ask for a review'),
  ],
};

const service: BuiltInTemplate = {
  key: 'contractor.service',
  pack: 'contractor',
  name: 'Service visit',
  automatic: false,
  items: [
    fromStart(-2, 'confirm', 'Confirm the arrival window', { remind: 0 }),
    fromStart(-1, 'parts', 'Check parts in the vehicle'),
    fromStart(0, 'visit', 'Do the visit', {
      steps: ['Before photos', 'Readings', 'Work done', 'After photos', 'Signature'],
    }),
    fromEnd(1, 'invoice', 'Send the invoice'),
    fromEnd(2, 'next', 'Schedule the next service'),
  ],
};

const maintenance: BuiltInTemplate = {
  key: 'contractor.property',
  pack: 'contractor',
  name: 'Work for a property manager',
  automatic: false,
  items: [
    fromStart(-10, 'approval', 'Get the work order approved', {
      steps: ['Limit checked', 'Order number noted'],
      remind: 1,
    }),
    fromStart(-5, 'tenants', 'Tell tenants and arrange access', { remind: 1 }),
    fromStart(-1, 'keys', 'Collect keys'),
    fromEnd(0, 'keys-back', 'Return keys'),
    fromEnd(1, 'report', 'Send report with photos'),
    fromEnd(3, 'invoice', 'Invoice with the order number'),
  ],
};

export const contractorTemplates = [installation, service, maintenance] as const;
