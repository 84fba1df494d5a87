export const hireAgreement = `# Hire agreement

Made on {{today}} between **{{organisation.name}}** (“the house”) and **{{party.name}}** (“the hirer”).

## What is hired

- Space: **{{engagement.place}}**, {{engagement.address}}
- For: {{engagement.title}}
- On: {{engagement.date}}, from {{engagement.starts}} until {{engagement.ends}} ({{engagement.zone}} time), building up and clearing away included

{{schedule}}

## What we agree

1. **Use.** The hirer uses the space for the event named above and for nothing else, and hands it on to nobody.
2. **Hire.** The hirer pays {{engagement.value}}.
2.1. A deposit of one quarter is due within fourteen days of this agreement; until it is paid, the house may let somebody else have the date after a reminder.
2.2. The rest is due fourteen days before the event. What is used beyond that – staff, equipment, hours, cleaning – is billed afterwards by the price list of the house.
3. **Hours.** Doors, curfew and the hour by which the building is clear hold as in the schedule. Each hour begun beyond it is billed.
4. **Numbers.** Never more people are in the space than the house’s plan allows. The manager on duty may close the doors.
5. **Staff and safety.** The house’s own people run the technical equipment and give instructions where safety is concerned. The hirer follows them, and tells the house at least ten days before of flames, smoke, lasers, hanging loads, animals, or anything out of the ordinary.
6. **Food and drink.** Food and drink come from the house, or from a caterer to whom the house has agreed.
7. **Permits and rights.** The hirer sees to what the event itself needs: payments to the rights society, permits, youth protection, insurance against liability. The policy is shown two weeks before.
8. **Damage.** The hirer leaves the space as it was, and pays for what the event has damaged beyond usual wear.
9. **Cancelling.** If the hirer calls the event off, this much of the hire is due: one quarter more than 90 days before, half more than 30 days before, all of it later. What the house earns by letting the date to somebody else is taken off.
10. **If it can’t take place.** If neither side is to blame, each bears its own costs, and hire that was paid is paid back. Both first look for another date.
11. **The house’s word.** The house may end this agreement when payments are overdue after a reminder, or when the event would be another one than was named.
12. **Changes.** Changes hold when both have agreed to them in writing; mail is enough.
13. **Law.** The law of the place of the space holds.

[sign: {{organisation.name}}, the house; {{party.name}}, the hirer]
`;
