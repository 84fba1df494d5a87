export const dealMemo = `# Deal memo

{{today}}

Between **{{organisation.name}}** (“the studio”) and **{{party.name}}** (“the client”).

- Job: **{{engagement.title}}**
- Dates: {{engagement.date}}
- Place: {{engagement.place}}, {{engagement.address}}
- Price: {{engagement.value}}
- Client’s contact: {{party.email}}, {{party.phone}}

{{schedule}}

## Terms

1. **Scope.** The studio does what the bid for this job lists. Anything beyond it is a change: it is priced, and begun when the client has agreed in writing.
2. **Price and payment.** Half is due when the job begins, the rest on delivery, each within thirty days. Prices are without tax.
3. **Holds.** Once this memo is signed, the dates above are firm.
3.1. If the client calls the job off or moves it, half of the price of the days concerned is due when that is within five working days, and all of it within two.
4. **Overtime.** A day has ten hours with a break. Further hours are billed at one and a half times the hourly rate, and only when the client’s producer has agreed to them.
5. **Rounds.** Two rounds of changes are part of the price. The client’s notes come together, from the one person who approves: ________________.
6. **Material.** The client sends material in the agreed format and in time, and has the rights to it. The studio keeps it for ninety days after delivery.
7. **Rights.** With the last payment the client has the rights to the finished work for the agreed usage: ________________. Working files and tools stay the studio’s.
8. **Showing.** The studio may show the finished work as its own once it is public, unless the client objects in writing.
9. **Confidence.** Both keep to themselves what they learn of each other’s business, and tell their people to do the same.
10. **Liability.** Each side is liable for what it causes by intent or gross negligence; apart from that at most up to the price of the job.

[sign: {{organisation.name}}, the studio; {{party.name}}, the client]
`;

export const workOrder = `# Work order

{{today}}

**{{organisation.name}}** (“we”) does the following work for **{{party.name}}** (“you”).

- Work: **{{engagement.title}}**
- Site: {{engagement.place}}, {{engagement.address}}
- Dates: {{engagement.date}}
- Price: {{engagement.value}}
- Your contact: {{party.email}}, {{party.phone}}

{{schedule}}

## Scope

What is done, with material and models, as in the estimate that you have accepted. Not part of it:

- ________________
- ________________

## Terms

1. **Price and payment.** One third is due before we order material, one third when work begins, the rest when you have accepted the work. Tax is added where the law asks for it.
2. **Changes.** What turns out to be needed, or what you want beyond the scope, is written down with its price and the time it takes, and done when you have agreed. If danger is near, we make things safe first and tell you at once.
3. **Access.** You see to access, power and water, and clear the place where we work. Waiting that we can’t help is billed by the hour.
4. **Permits.** Permits and the consent of owners or neighbours are seen to by: ________________.
5. **Dates.** We keep to the dates above. Weather, late deliveries that we can’t help and changes move them; we tell you as soon as we know.
6. **Safety and tidiness.** We protect what is there, work by the rules of our trade, and leave the place swept each day.
7. **Acceptance.** When we are done we walk through with you. What is still missing is listed with a date, and put right.
8. **Warranty.** We put right, without charge, what shows itself within twelve months to have been done badly. Makers’ warranties are handed over to you.
9. **Cancelling.** If you call the work off, you pay for what has been done and for material that can’t be returned.
10. **Damage.** We are insured against liability, and liable for damage that we cause.

[sign: {{organisation.name}}; {{party.name}}]
`;
