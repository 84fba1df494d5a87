import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import type { Service } from '../contract.ts';
import { serviceText } from './service-head.tsx';

interface ServicesFieldProps {
  label: string;
  services: readonly Service[];
  /** Null: every service, those to come as well. */
  value: readonly string[] | null;
  onValue: (value: string[] | null) => void;
  error?: string;
}

const choices = [
  { value: 'every', label: 'Every service' },
  { value: 'some', label: 'Some of them' },
] as const;

/** At which services, with its label. */
export function ServicesField({ label, error, ...choice }: ServicesFieldProps) {
  return (
    <FieldFrame
      label={label}
      group
      {...(error ? { error } : {})}
      hint={choice.value === null ? 'Services that are added later get the same seats.' : undefined}
    >
      {() => <ServicesChoice label={label} {...choice} />}
    </FieldFrame>
  );
}

/** Every service, or those that are ticked. */
export function ServicesChoice({ label, services, value, onValue }: Omit<ServicesFieldProps, 'error'>) {
  const all = services.map(({ id }) => id);
  return (
    <div className="grid gap-2">
      <Segmented
        label={label}
        className="justify-self-start"
        value={value === null ? 'every' : 'some'}
        onValue={(choice) => onValue(choice === 'every' ? null : all)}
        options={choices}
      />
      {value !== null && (
        <ul className="grid max-h-48 gap-0.5 overflow-y-auto rounded-md border border-line p-1">
          {services.map((service) => (
            <li key={service.id}>
              <label className="flex min-h-8 items-center gap-2 rounded-sm px-2 text-sm hover:bg-hover">
                <input
                  type="checkbox"
                  className="accent-accent"
                  checked={value.includes(service.id)}
                  onChange={({ target }) =>
                    onValue(all.filter((id) => (id === service.id ? target.checked : value.includes(id))))
                  }
                />
                <span className="min-w-0 truncate" title={serviceText(service)}>
                  {serviceText(service)}
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
