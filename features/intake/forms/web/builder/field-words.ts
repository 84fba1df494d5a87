import {
  AlignLeft,
  Banknote,
  CalendarDays,
  CalendarRange,
  CircleDot,
  Hash,
  Heading,
  ListChecks,
  Mail,
  MapPin,
  Paperclip,
  Phone,
  ShieldCheck,
  Type,
  type LucideIcon,
} from 'lucide-react';
import type { Pack } from '#features/organisations/packs/pack.ts';
import type { FieldMeaning, FieldType, FormField } from '../../field-rules.ts';

interface TypeWords {
  label: string;
  icon: LucideIcon;
  /** What a new one asks. */
  begins: string;
}

export const typeWords: Readonly<Record<FieldType, TypeWords>> = {
  section: { label: 'Section', icon: Heading, begins: 'New section' },
  short_text: { label: 'Short text', icon: Type, begins: '' },
  long_text: { label: 'Long text', icon: AlignLeft, begins: '' },
  email: { label: 'E-mail', icon: Mail, begins: 'E-mail' },
  phone: { label: 'Telephone', icon: Phone, begins: 'Telephone' },
  number: { label: 'Number', icon: Hash, begins: '' },
  money: { label: 'Amount of money', icon: Banknote, begins: 'Budget' },
  date: { label: 'Date', icon: CalendarDays, begins: '' },
  times: { label: 'Date and times', icon: CalendarRange, begins: 'When should it be?' },
  choice_one: { label: 'Choice of one', icon: CircleDot, begins: '' },
  choice_many: { label: 'Choice of several', icon: ListChecks, begins: '' },
  place: { label: 'Place', icon: MapPin, begins: 'Where?' },
  consent: { label: 'Consent', icon: ShieldCheck, begins: 'I agree that ' },
  file: { label: 'File', icon: Paperclip, begins: 'Add a file' },
};

/** What an answer becomes, in the organisation’s words. */
export function meaningWords({ engagement, place }: Pack['words']): Record<FieldMeaning, string> {
  return {
    title: `Name of the ${engagement.one}`,
    times: `When the ${engagement.one} is`,
    place: `The ${place.one}`,
    people: 'Number of people',
    budget: 'Budget',
    contact_name: 'Name of who asks',
    company: 'Their company',
    email: 'Their e-mail address',
    phone: 'Their telephone number',
    message: 'Message',
  };
}

/** For those who listen, and where a question is still empty. */
export function fieldName({ label, type }: Pick<FormField, 'label' | 'type'>): string {
  return label.trim() || typeWords[type].label;
}
