-- Contacts that came under the old form of their number are found by the form of today, too, as V6 did for Mexico and
-- Brazil: the rules of contact.NumberingChanges as they are now, which has the dates and sources. If two conversations turn out
-- to have one number, the one that has the alias keeps it, else the older one; they are merged when the contact writes again.
-- It reads each phone once; an installation with a million contacts waits for some seconds.
insert into contact_alias (account_id, kind, value, conversation_id)
select a.account_id, a.kind, regexp_replace(a.value, r.old, r.today), a.conversation_id
  from contact_alias a
  join (values
    ('MX', '^521([2-9]\d{9})$', '52\1'),
    ('MX', '^52(?:01|044|045)([2-9]\d{9})$', '52\1'),
    ('BR', '^55([1-9][1-9])([689]\d{7})$', '55\19\2'),
    ('AR', '^54(11(?!15)\d{8}|[23]\d{9})$', '549\1'),
    ('BJ', '^229([2-9]\d{7})$', '22901\1'),
    ('CI', '^225((?:0[1-3]|[457][0-3])\d{6})$', '22501\1'),
    ('CI', '^225((?:0[4-6]|[4-9][4-6])\d{6})$', '22505\1'),
    ('CI', '^225((?:0[7-9]|[4-9][7-9])\d{6})$', '22507\1'),
    ('GA', '^2410?([256]\d{6})$', '2416\1'),
    ('GA', '^2410?([47]\d{6})$', '2417\1'),
    ('GA', '^2410?1(\d{6})$', '24111\1'),
    ('GM', '^220((?:2\d|7\d|4[01])\d{5})$', '22087\1'),
    ('GM', '^220((?:3\d|5[0-389])\d{5})$', '22083\1'),
    ('GM', '^220(6\d{6})$', '22086\1'),
    ('VN', '^8412([068]\d{7})$', '847\1'),
    ('VN', '^84121(\d{7})$', '8479\1'),
    ('VN', '^84122(\d{7})$', '8477\1'),
    ('VN', '^8412([345]\d{7})$', '848\1'),
    ('VN', '^84127(\d{7})$', '8481\1'),
    ('VN', '^84129(\d{7})$', '8482\1'),
    ('VN', '^8416([2-9]\d{7})$', '843\1'),
    ('VN', '^8418([68]\d{7})$', '845\1'),
    ('VN', '^84199(\d{7})$', '8459\1'),
    ('CM', '^237([579]\d{7})$', '2376\1'),
    ('CM', '^237((?:22|33)\d{6})$', '2372\1'),
    ('NG', '^234([1-9]\d{7})$', '23420\1'),
    ('CO', '^57((?:[125678]\d|4[0-57-9])\d{6})$', '5760\1'),
    ('GW', '^245(5\d{6})$', '24595\1'),
    ('GW', '^245(6\d{6})$', '24596\1'),
    ('PF', '^689([237]\d{5})$', '68987\1'),
    ('MU', '^230((?:25|7\d|8[67]|9\d)\d{5})$', '2305\1'),
    ('EC', '^593([89]\d{7})$', '5939\1'),
    ('TL', '^670(7[2-9]\d{5})$', '6707\1'),
    ('QA', '^974([3567])(\d{6})$', '974\1\1\2'),
    ('CL', '^5609(\d{8})$', '569\1'),
    ('UZ', '^9988(\d{9})$', '998\1')
       ) as r (country, old, today) on a.value ~ r.old
 where a.kind = 'phone'
 order by a.conversation_id, a.value
    on conflict do nothing;

-- V6 gave Brazil's radio numbers, 55 DD 7, the 9 of mobile numbers, which they never got: with it they are somebody else's.
delete from contact_alias made
 using contact_alias radio
 where made.kind = 'phone' and radio.kind = 'phone'
   and made.account_id = radio.account_id and made.conversation_id = radio.conversation_id
   and radio.value ~ '^55[1-9][1-9]7[0-9]{7}$'
   and made.value = left(radio.value, 4) || '9' || substr(radio.value, 5);

-- Until now a phone was also made of the digits of an id that stood where a phone was expected: US.1650a5550288 became
-- 16505550288. Nothing tells such an alias from a real number afterwards, so these stay.
