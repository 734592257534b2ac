-- A click is known by its conversation and its message, not by the account and the message: some providers number messages
-- anew for each chat, and a generic channel may take an id that is none. A message id may even come with several click ids,
-- each of which is a click; a touch without a click id stands once for its message. A hash keeps the index entry short.
alter table click drop constraint click_account_id_message_id_key;
create unique index click_of_message on click (message_id, conversation_id, coalesce(md5(ctwa_clid), ''));
