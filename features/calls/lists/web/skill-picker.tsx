import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Combobox, type ComboOption } from '#platform/ui/combobox.tsx';
import type { ControlProps } from '#platform/ui/field-frame.tsx';
import { instruments, readInstrument } from '#features/calls/instruments/instrument-rules.ts';
import { otherSkills, skillName } from '#features/calls/instruments/skill-rules.ts';
import { folded } from '#features/imports/rules-names.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { facetsQuery } from '#features/scheduling/resources/web/resource-queries.ts';
import { knownSkill } from '../list-rules.ts';

interface SkillPickerProps extends Partial<ControlProps> {
  value: string | null;
  /** Null when it is cleared. */
  onValue: (skill: string | null) => void;
  placeholder?: string;
  clearable?: boolean;
  className?: string;
  'aria-label'?: string;
}

/** An instrument, a skill that people have, or one that is typed. */
export function SkillPicker({
  value,
  onValue,
  placeholder = 'Choose an instrument or a skill…',
  ...rest
}: SkillPickerProps) {
  const org = useOrg();
  const [query, setQuery] = useState('');
  const facets = useQuery(facetsQuery(org.slug));
  const orchestra = org.packs.includes('orchestra');
  const played = orchestra
    ? instruments.map(({ code, name, family }): ComboOption => ({ value: code, label: name, hint: family }))
    : [];
  const others = otherSkills(facets.data?.skills ?? [], orchestra).map((skill): ComboOption => ({
    value: skill,
    label: skill,
  }));
  const words = folded(query).split(/\s+/).filter(Boolean);
  // “Geige” finds the violin.
  const named = readInstrument(query);
  const fitting = [...played, ...others].filter(
    ({ label, hint = '', value: code }) =>
      code === named || words.every((word) => folded(`${label} ${hint} ${code}`).includes(word)),
  );
  const typed = query.trim();
  const same = fitting.some(({ label }) => label.toLowerCase() === typed.toLowerCase());
  return (
    <Combobox
      {...rest}
      value={value}
      valueLabel={value && skillName(value)}
      onValue={(skill) => onValue(skill && knownSkill(skill))}
      options={typed && !same ? [...fitting, { value: typed, label: `“${typed}”`, hint: 'as it is typed' }] : fitting}
      onQuery={setQuery}
      placeholder={placeholder}
    />
  );
}
